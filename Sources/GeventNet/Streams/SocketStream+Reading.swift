// SPDX-License-Identifier: Apache-2.0
package import GeventCore
internal import GeventSystem

extension SocketStream {
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
    public final func read(into room: inout MutableRawSpan) throws -> Int {
        try socket.takeReading()
        defer { socket.giveReading() }
        if room.byteCount == 0 { return 0 }
        let limit = Limit(timeout)
        // Small reads share one call.
        if buffer.isEmpty && room.byteCount < ReadBuffer.chunk / 2 { _ = try fill(limit) }
        guard buffer.isEmpty else { return buffer.take(into: &room) }
        while true {
            if let count = try socket.receive(into: &room) { return count }
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
    public final func read(upTo limit: Int = 65_536) throws -> [UInt8] {
        require(limit > 0, "a read of no bytes cannot be told from the end of the stream")
        return try reading { try next(upTo: limit, $0) }
    }

    /// Reads exactly `count` bytes.
    ///
    /// Memory is taken as the bytes arrive, so that a peer's word for a length costs nothing.
    ///
    /// > Suspends: When not all of them have arrived.
    ///
    /// - Throws: ``UnexpectedEnd`` if the stream ends before; and what ``read(upTo:)`` throws.
    /// - Complexity: O(`count`).
    ///
    /// gevent: `recv` with `MSG_WAITALL`.
    public final func readExactly(_ count: Int) throws -> [UInt8] {
        try reading { try exactly(count, $0) }
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
    public final func readLine(limit: Int = 65_536) throws -> String? {
        try reading { try line(limit: limit, $0) }
    }

    /// Reads everything up to the end of the next `delimiter`.
    ///
    /// > Suspends: When the delimiter has not arrived.
    ///
    /// - Parameters:
    ///   - delimiter: At least one byte.
    ///   - limit: The most bytes that there may be, the delimiter's included.
    /// - Returns: The bytes with the delimiter.
    /// - Throws: ``LineTooLong``; ``UnexpectedEnd`` if the stream ends before, what came can still be
    ///   read then; and what ``read(upTo:)`` throws.
    /// - Complexity: O(n) of the bytes.
    public final func read(through delimiter: [UInt8], limit: Int = 65_536) throws -> [UInt8] {
        try reading { try bytes(through: delimiter, limit: limit, $0) }
    }

    /// Looks at what comes next, which stays to be read.
    ///
    /// > Suspends: When nothing has arrived.
    ///
    /// - Parameter limit: The most bytes to return; at most 8 KiB are looked at.
    /// - Returns: At least one byte; none at the end of the stream.
    /// - Throws: What ``read(upTo:)`` throws.
    ///
    /// gevent: `recv` with `MSG_PEEK`.
    public final func peek(upTo limit: Int) throws -> [UInt8] {
        try reading { try peek(upTo: limit, $0) }
    }

    private func reading<Result>(_ body: (Limit) throws -> Result) throws -> Result {
        try socket.takeReading()
        defer { socket.giveReading() }
        return try body(Limit(timeout))
    }
}

extension SocketStream: BufferedSource {
    /// Waits for what arrives, past the buffer.
    ///
    /// > Suspends: When nothing has arrived.
    package final func receive(upTo count: Int, _ limit: Limit) throws -> [UInt8] {
        while true {
            if let bytes = try socket.receive(upTo: count) { return bytes }
            // Without room of its own meanwhile: ten thousand that wait must not cost 64 KiB each.
            try socket.wait(for: .read, "read", limit)
        }
    }
}
