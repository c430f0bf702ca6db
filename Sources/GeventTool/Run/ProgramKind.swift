// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a program's file is, by its first bytes (elf(5), execve(2)).
enum ProgramKind: Equatable {
    /// Linked dynamically against the C library that we know.
    case dynamic
    /// Linked statically.
    case `static`
    /// A script, the program that runs it, and what that is given beside the script.
    case script(String, argument: String?)
    /// Something else, and why it cannot be patched.
    case foreign(String)

    /// Looks into the file.
    init(_ path: String) {
        guard let file = FileHandle(forReadingAtPath: path),
            let bytes = try? file.read(upToCount: 65_536)
        else {
            self = .foreign("it cannot be read")
            return
        }
        self.init(bytes: Array(bytes))
    }

    /// The same, of the first bytes.
    init(bytes: [UInt8]) {
        if bytes.starts(with: [0x23, 0x21]) {
            let line = bytes.dropFirst(2).prefix { $0 != 10 }
            let words = String(decoding: line, as: UTF8.self)
                .split(maxSplits: 1, whereSeparator: \.isWhitespace)
            guard let interpreter = words.first else {
                self = .foreign("it names no interpreter")
                return
            }
            let rest = words.dropFirst().first?.split(whereSeparator: \.isWhitespace)
            self = .script(String(interpreter), argument: rest?.joined(separator: " "))
            return
        }
        guard bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]), bytes.count >= 64 else {
            self = .foreign("it is neither a program of this system nor a script")
            return
        }
        guard bytes[4] == 2, Self.number(bytes, at: 18, 2) == Self.machine else {
            self = .foreign("it is for another processor")
            return
        }
        guard let linker = Self.linker(bytes) else {
            self = .static
            return
        }
        self = linker.contains("musl") ? .foreign("it uses another C library, \(linker)") : .dynamic
    }

    /// The program that loads it: what the header `PT_INTERP` names.
    private static func linker(_ bytes: [UInt8]) -> String? {
        let table = number(bytes, at: 32, 8)
        let size = number(bytes, at: 54, 2)
        for index in 0..<number(bytes, at: 56, 2) {
            let header = table + index * size
            guard number(bytes, at: header, 4) == 3 else { continue }
            let start = number(bytes, at: header + 8, 8)
            guard start < bytes.count else { return "" }
            return String(decoding: bytes[start...].prefix { $0 != 0 }, as: UTF8.self)
        }
        return nil
    }

    /// The number of so many bytes, lowest first; 0 outside of what was read.
    private static func number(_ bytes: [UInt8], at place: Int, _ count: Int) -> Int {
        guard place >= 0, place <= bytes.count - count else { return 0 }
        let value = bytes[place..<place + count].reversed().reduce(UInt64(0)) {
            $0 << 8 | UInt64($1)
        }
        return Int(truncatingIfNeeded: value & UInt64(Int64.max >> 16))
    }
}
