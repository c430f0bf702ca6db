// SPDX-License-Identifier: Apache-2.0

/// Bytes that have arrived and were not asked for yet.
///
/// Has no memory while it is empty, so that thousands of streams that wait cost little.
package struct ReadBuffer {
    /// How many bytes are asked of the kernel at once.
    package static let chunk = 8192

    private var bytes: [UInt8] = []
    private var start = 0

    /// A buffer without bytes.
    package init() {}

    /// How many bytes there are.
    package var count: Int { bytes.count - start }

    /// Whether there are none.
    package var isEmpty: Bool { bytes.count == start }

    /// Adds what has arrived.
    package mutating func append(_ news: [UInt8]) {
        if isEmpty {
            bytes = news
            start = 0
        } else {
            bytes.append(contentsOf: news)
        }
    }

    /// Takes up to `limit` bytes.
    package mutating func take(upTo limit: Int) -> [UInt8] {
        let end = start + min(limit, count)
        let taken = start == 0 && end == bytes.count ? bytes : Array(bytes[start..<end])
        advance(to: end)
        return taken
    }

    /// Takes as many bytes as there is room for, and returns how many.
    package mutating func take(into room: inout MutableRawSpan) -> Int {
        let taken = min(room.byteCount, count)
        for offset in 0..<taken {
            room.storeBytes(of: bytes[start + offset], toByteOffset: offset, as: UInt8.self)
        }
        advance(to: start + taken)
        return taken
    }

    /// How far it is to the end of the first `delimiter`.
    ///
    /// - Parameters:
    ///   - delimiter: At least one byte.
    ///   - searched: How many bytes are known to begin no delimiter; brought up to date.
    /// - Returns: The number of bytes, the delimiter's included; `nil` if it has not arrived yet.
    package func distance(through delimiter: [UInt8], searched: inout Int) -> Int? {
        var from = start + searched
        while let first = bytes[from...].firstIndex(of: delimiter[0]) {
            searched = first - start
            // What may still become a delimiter when more arrives is looked at again then.
            guard first + delimiter.count <= bytes.count else { return nil }
            let end = first + delimiter.count
            if delimiter.count == 1 || bytes[first..<end].elementsEqual(delimiter) {
                return end - start
            }
            from = first + 1
        }
        searched = count
        return nil
    }

    /// Up to `limit` bytes, which stay.
    package func peek(upTo limit: Int) -> [UInt8] {
        Array(bytes[start..<start + min(limit, count)])
    }

    /// Forgets everything.
    package mutating func clear() {
        bytes = []
        start = 0
    }

    private mutating func advance(to position: Int) {
        start = position
        // Long past the beginning, the rest moves down: amortised, each byte is moved once.
        if isEmpty {
            clear()
        } else if start > Self.chunk && start > count {
            bytes.removeFirst(start)
            start = 0
        }
    }
}
