// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// Small text files that the kernel makes up while they are read.
package enum KernelText {
    /// The whole text of a file under `/proc` or `/sys`; `nil` when it cannot be read.
    ///
    /// Call: `open`, `read`.
    package static func contents(of path: String) -> String? {
        guard let file = try? Descriptor(opening: path) else { return nil }
        var text: [UInt8] = []
        while true {
            let start = text.count
            text.append(contentsOf: repeatElement(0, count: 4096))
            // SAFETY: the call writes into the array's own memory, lent for the call.
            let count = unsafe text[start...].withUnsafeMutableBytes { room in
                unsafe gv_descriptor_read(file.number, room.baseAddress, room.count)
            }
            text.removeLast(4096 - max(0, count))
            if count == -Int(EINTR) { continue }
            if count < 0 { return nil }
            if count == 0 { return String(decoding: text, as: UTF8.self) }
        }
    }

    /// The text before the first zero, as C functions leave it.
    package static func string(_ room: [CChar]) -> String {
        String(decoding: room.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The number that a file consists of; `nil` when there is none.
    package static func number(at path: String) -> Int? {
        guard let text = contents(of: path) else { return nil }
        return Int(text.prefix { !$0.isWhitespace })
    }

    /// The number after a key, as in `VmRSS:     4096 kB`; `nil` when the key is not there.
    package static func number(after key: String, in text: String) -> Int? {
        for line in text.split(separator: "\n") where line.hasPrefix(key) {
            let rest = line.dropFirst(key.count).drop { !$0.isNumber }
            return Int(rest.prefix { $0.isNumber })
        }
        return nil
    }
}
