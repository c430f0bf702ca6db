// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

extension TCPStream {
    /// Reads what has arrived, at least one byte.
    ///
    /// > Suspends: When nothing has arrived; now and then also when something has, so that a stream
    /// > that never runs dry leaves others their turn.
    ///
    /// - Parameter room: Where the bytes go, from its beginning.
    /// - Returns: How many bytes; 0 at the end of the stream, and where there is no room.
    /// - Throws: `SystemError` (`ECONNRESET`, `EBADF` once closed); ``SocketTimeoutError``;
    ///   `ConcurrentObjectUseError` while another greenlet reads; what strikes the greenlet.
    ///
    /// gevent: `recv_into`.
    public func read(into room: inout MutableRawSpan) throws -> Int {
        try socket.reading.take()
        defer { socket.reading.give() }
        if room.byteCount == 0 { return 0 }
        let limit = Limit(timeout)
        // Small reads share one call.
        if buffer.isEmpty && room.byteCount < ReadBuffer.chunk / 2 { _ = try fill(limit) }
        guard buffer.isEmpty else { return buffer.take(into: &room) }
        while true {
            if try socket.mayReceive(), let count = try socket.receive(into: &room) { return count }
            try socket.wait(for: .read, "read", limit)
        }
    }

    /// Reads what has arrived, at least one byte and at most `limit`.
    ///
    /// > Suspends: When nothing has arrived; now and then also when something has, so that a stream
    /// > that never runs dry leaves others their turn.
    ///
    /// - Parameter limit: The most bytes to return; no more than 64 KiB come at once.
    /// - Returns: The bytes; none at the end of the stream.
    /// - Throws: `SystemError` (`ECONNRESET`, `EBADF` once closed); ``SocketTimeoutError``;
    ///   `ConcurrentObjectUseError` while another greenlet reads; what strikes the greenlet.
    /// - Precondition: `limit` is positive.
    ///
    /// gevent: `recv`.
    public func read(upTo limit: Int = 65_536) throws -> [UInt8] {
        require(limit > 0, "a read of no bytes cannot be told from the end of the stream")
        try socket.reading.take()
        defer { socket.reading.give() }
        return try next(upTo: limit, Limit(timeout))
    }

    /// Reads exactly `count` bytes.
    ///
    /// Memory is taken as the bytes arrive, so that a peer's word for a length costs nothing.
    ///
    /// > Suspends: When not all of them have arrived.
    ///
    /// - Throws: ``UnexpectedEnd`` if the stream ends before; and what ``read(upTo:)`` throws.
    /// - Complexity: O(`count`).
    public func readExactly(_ count: Int) throws -> [UInt8] {
        try socket.reading.take()
        defer { socket.reading.give() }
        let limit = Limit(timeout)
        var bytes: [UInt8] = []
        while bytes.count < count {
            let piece = try next(upTo: count - bytes.count, limit)
            if piece.isEmpty { throw UnexpectedEnd(received: bytes.count, expected: count) }
            bytes.append(contentsOf: piece)
        }
        return bytes
    }

    /// Reads a line.
    ///
    /// A line ends with a line feed, or a carriage return and a line feed, or with the stream. What
    /// is not UTF-8 in it is replaced.
    ///
    /// > Suspends: When the end of the line has not arrived.
    ///
    /// - Parameter limit: The most bytes that a line may have, its end included.
    /// - Returns: The line without its end; `nil` at the end of the stream.
    /// - Throws: ``LineTooLong``; and what ``read(upTo:)`` throws.
    /// - Complexity: O(n) of the line.
    ///
    /// gevent: `makefile().readline()`.
    public func readLine(limit: Int = 65_536) throws -> String? {
        try socket.reading.take()
        defer { socket.reading.give() }
        let patience = Limit(timeout)
        var searched = 0
        while true {
            if var line = buffer.takeLine(searched: &searched) {
                if line.count > limit { throw LineTooLong(limit: limit) }
                line.removeLast()
                if line.last == 0x0D { line.removeLast() }
                return String(decoding: line, as: UTF8.self)
            }
            if searched >= limit { throw LineTooLong(limit: limit) }
            if try fill(patience) { continue }
            if buffer.isEmpty { return nil }
            return String(decoding: buffer.take(upTo: buffer.count), as: UTF8.self)
        }
    }

    private func next(upTo count: Int, _ limit: Limit) throws -> [UInt8] {
        if !buffer.isEmpty { return buffer.take(upTo: count) }
        if count < ReadBuffer.chunk / 2 {
            return try fill(limit) ? buffer.take(upTo: count) : []
        }
        return try receive(upTo: min(count, 65_536), limit)
    }

    /// Adds to the buffer; false at the end of the stream.
    private func fill(_ limit: Limit) throws -> Bool {
        let news = try receive(upTo: ReadBuffer.chunk, limit)
        if news.isEmpty { return false }
        buffer.append(news)
        return true
    }

    private func receive(upTo count: Int, _ limit: Limit) throws -> [UInt8] {
        while true {
            if try socket.mayReceive(), let bytes = try socket.receive(upTo: count) { return bytes }
            // Without room of its own meanwhile: ten thousand that wait must not cost 64 KiB each.
            try socket.wait(for: .read, "read", limit)
        }
    }
}
