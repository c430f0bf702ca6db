// SPDX-License-Identifier: Apache-2.0

/// The bytes that a fuzzer has made up, read as whatever a target needs.
///
/// What is beyond the end reads as zeros, so that every input means something.
struct FuzzInput {
    private var bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    var isEmpty: Bool { bytes.isEmpty }

    mutating func byte() -> UInt8 { bytes.popFirst() ?? 0 }

    mutating func flag() -> Bool { byte() & 1 == 1 }

    mutating func number(below limit: Int) -> Int { Int(byte()) % limit }

    mutating func short() -> UInt16 { UInt16(byte()) << 8 | UInt16(byte()) }

    mutating func long() -> UInt64 { (0..<4).reduce(0) { sum, _ in sum << 16 | UInt64(short()) } }

    /// Up to `count` bytes.
    mutating func piece(_ count: Int) -> [UInt8] {
        defer { bytes = bytes.dropFirst(count) }
        return Array(bytes.prefix(count))
    }

    /// All that is left.
    mutating func rest() -> [UInt8] { piece(bytes.count) }

    /// All that is left as text, in which what is not UTF-8 is replaced.
    mutating func text() -> String { String(decoding: rest(), as: UTF8.self) }
}
