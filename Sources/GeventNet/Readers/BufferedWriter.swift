// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// Gathers small writes to a ``ByteStream`` and hands them over together.
///
/// ```swift
/// let writer = BufferedWriter(stream)
/// for row in rows { try writer.write("\(row)\n") }
/// try writer.flush()
/// ```
///
/// Nothing is handed over by letting go of it: call ``flush()``.
///
/// gevent: `makefile("wb")`.
public final class BufferedWriter {
    private let stream: any ByteStream
    private let capacity: Int
    private var pending: [UInt8] = []

    /// Writes to `stream`, whose time limit applies.
    ///
    /// - Parameters:
    ///   - stream: Where the bytes go.
    ///   - capacity: How many bytes to gather before they are handed over.
    /// - Precondition: `capacity` is positive.
    public init(_ stream: any ByteStream, capacity: Int = 16 * 1024) {
        require(capacity > 0, "a writer gathers at least one byte")
        self.stream = stream
        self.capacity = capacity
    }

    /// How many bytes have not been handed over yet.
    public var bufferedByteCount: Int { pending.count }

    /// Adds bytes, and hands over everything when there are enough.
    ///
    /// > Suspends: When the bytes are handed over and there is no room for all of them.
    ///
    /// - Throws: What the stream throws; what was gathered is lost then.
    public func write(_ bytes: [UInt8]) throws {
        if pending.isEmpty && bytes.count >= capacity { return try stream.write(bytes) }
        pending.append(contentsOf: bytes)
        if pending.count >= capacity { try flush() }
    }

    /// Adds text in UTF-8, and hands over everything when there is enough.
    ///
    /// > Suspends: When the bytes are handed over and there is no room for all of them.
    ///
    /// - Throws: What the stream throws; what was gathered is lost then.
    public func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Hands over what was gathered.
    ///
    /// > Suspends: When there is no room for all of it.
    ///
    /// - Throws: What the stream throws; what was gathered is lost then.
    ///
    /// gevent: `flush`.
    public func flush() throws {
        if pending.isEmpty { return }
        // Taken out before the wait: what another greenlet adds meanwhile is for the next time.
        let bytes = pending
        pending.removeAll()
        try stream.write(bytes)
    }
}
