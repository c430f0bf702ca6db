// SPDX-License-Identifier: Apache-2.0

/// Bytes that have arrived and were not asked for yet.
///
/// Has no memory while it is empty, so that thousands of streams that wait cost little.
struct ReadBuffer {
    /// How many bytes are asked of the kernel at once.
    static let chunk = 8192

    private var bytes: [UInt8] = []
    private var start = 0

    /// How many bytes there are.
    var count: Int { bytes.count - start }

    /// Whether there are none.
    var isEmpty: Bool { bytes.count == start }

    /// Adds what has arrived.
    mutating func append(_ news: [UInt8]) {
        if isEmpty {
            bytes = news
            start = 0
        } else {
            bytes.append(contentsOf: news)
        }
    }

    /// Takes up to `limit` bytes.
    mutating func take(upTo limit: Int) -> [UInt8] {
        let end = start + min(limit, count)
        let taken = start == 0 && end == bytes.count ? bytes : Array(bytes[start..<end])
        advance(to: end)
        return taken
    }

    /// Takes as many bytes as there is room for, and returns how many.
    mutating func take(into room: inout MutableRawSpan) -> Int {
        let taken = min(room.byteCount, count)
        for offset in 0..<taken {
            room.storeBytes(of: bytes[start + offset], toByteOffset: offset, as: UInt8.self)
        }
        advance(to: start + taken)
        return taken
    }

    /// Takes a line with its line feed.
    ///
    /// - Parameter searched: How many bytes are known to have no line feed; brought up to date.
    /// - Returns: The line, or `nil` if there is no line feed yet.
    mutating func takeLine(searched: inout Int) -> ArraySlice<UInt8>? {
        guard let end = bytes[(start + searched)...].firstIndex(of: 0x0A) else {
            searched = count
            return nil
        }
        let line = bytes[start...end]
        advance(to: end + 1)
        return line
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

    private mutating func clear() {
        bytes = []
        start = 0
    }
}
