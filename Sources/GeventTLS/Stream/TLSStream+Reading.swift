// SPDX-License-Identifier: Apache-2.0
package import GeventCore
internal import GeventNet
internal import GeventSystem

extension TLSStream {
    /// Reads what has arrived, at least one byte.
    ///
    /// > Suspends: When nothing has arrived, or the handshake is not done.
    ///
    /// - Parameter room: Where the bytes go, from its beginning.
    /// - Returns: How many bytes; 0 where the peer says that the stream ends, and where there is no
    ///   room.
    /// - Throws: ``TLSError``, `truncated` if the connection ends without the peer's word; what the
    ///   stream below throws; `SocketTimeoutError`; `ConcurrentObjectUseError` while another greenlet
    ///   reads; what strikes the greenlet.
    ///
    /// gevent: `SSLSocket.recv_into`.
    public func read(into room: inout MutableRawSpan) throws -> Int {
        try reading.take()
        defer { reading.give() }
        if room.byteCount == 0 { return 0 }
        let limit = Limit(timeout)
        // Small reads share one step.
        if buffer.isEmpty && room.byteCount < ReadBuffer.chunk / 2 { _ = try fill(limit) }
        guard buffer.isEmpty else { return buffer.take(into: &room) }
        try establish(limit)
        while true {
            try answer(limit)
            var count = 0
            switch try step(into: &room, count: &count, limit) {
            case .done: return count
            case .ended: return 0
            case .wantsInput, .wantsIdentity: try takeMore(limit)
            }
        }
    }

    private func step(
        into room: inout MutableRawSpan, count: inout Int, _ limit: Limit
    ) throws -> TLSEngine.Step {
        do { return try engine.read(into: &room, count: &count) } catch {
            try tellPeer(of: error, limit)
        }
    }

    /// Reads what has arrived, at least one byte and at most `limit`.
    ///
    /// > Suspends: When nothing has arrived, or the handshake is not done.
    ///
    /// - Parameter limit: The most bytes to return; no more than a record's 16 KiB come at once.
    /// - Returns: The bytes; none where the peer says that the stream ends.
    /// - Throws: What ``read(into:)`` throws.
    /// - Precondition: `limit` is positive.
    ///
    /// gevent: `SSLSocket.recv`.
    public func read(upTo limit: Int = 65_536) throws -> [UInt8] {
        require(limit > 0, "a read of no bytes cannot be told from the end of the stream")
        return try reading { try next(upTo: limit, $0) }
    }

    /// Reads exactly `count` bytes.
    ///
    /// > Suspends: When not all of them have arrived, or the handshake is not done.
    ///
    /// - Throws: `UnexpectedEnd` if the stream ends before; what ``read(into:)`` throws.
    /// - Complexity: O(`count`).
    ///
    /// gevent: `SSLSocket.recv` in a loop.
    public func readExactly(_ count: Int) throws -> [UInt8] {
        try reading { try exactly(count, $0) }
    }

    /// Reads a line.
    ///
    /// A line ends with a line feed, or a carriage return and a line feed, or with the stream. What
    /// is not UTF-8 in it is replaced.
    ///
    /// > Suspends: When the end of the line has not arrived, or the handshake is not done.
    ///
    /// - Parameter limit: The most bytes that a line may have, its end included.
    /// - Returns: The line without its end; `nil` where the peer says that the stream ends.
    /// - Throws: `LineTooLong`; what ``read(into:)`` throws.
    ///
    /// gevent: `makefile().readline()`.
    public func readLine(limit: Int = 65_536) throws -> String? {
        try reading { try line(limit: limit, $0) }
    }

    /// Reads everything up to the end of the next `delimiter`.
    ///
    /// > Suspends: When the delimiter has not arrived, or the handshake is not done.
    ///
    /// - Parameters:
    ///   - delimiter: At least one byte.
    ///   - limit: The most bytes that there may be, the delimiter's included.
    /// - Returns: The bytes with the delimiter.
    /// - Throws: `LineTooLong`; `UnexpectedEnd` if the stream ends before; what ``read(into:)`` throws.
    public func read(through delimiter: [UInt8], limit: Int = 65_536) throws -> [UInt8] {
        try reading { try bytes(through: delimiter, limit: limit, $0) }
    }

    /// Looks at what comes next, which stays to be read.
    ///
    /// > Suspends: When nothing has arrived, or the handshake is not done.
    ///
    /// - Parameter limit: The most bytes to return.
    /// - Returns: At least one byte; none where the peer says that the stream ends.
    /// - Throws: What ``read(into:)`` throws.
    ///
    /// gevent: `recv` with `MSG_PEEK`, which an `SSLSocket` refuses.
    public func peek(upTo limit: Int) throws -> [UInt8] {
        try reading { try peek(upTo: limit, $0) }
    }

    private func reading<Result>(_ body: (Limit) throws -> Result) throws -> Result {
        try reading.take()
        defer { reading.give() }
        return try body(Limit(timeout))
    }
}

extension TLSStream: BufferedSource {
    /// Waits for plain text, past the buffer.
    ///
    /// > Suspends: When none has arrived.
    package func receive(upTo count: Int, _ limit: Limit) throws -> [UInt8] {
        try establish(limit)
        let most = min(count, ReceiveRoom.byteCount)
        while true {
            try answer(limit)
            guard engine.mayRead else {
                try takeIn(limit)
                continue
            }
            let plain = try tellingPeer(limit) { try engine.read(upTo: most, by: room) }
            switch plain.step {
            case .done: return plain.bytes
            case .ended: return []
            case .wantsInput, .wantsIdentity: try takeMore(limit)
            }
        }
    }

    private func takeMore(_ limit: Limit) throws {
        try answer(limit)
        try takeIn(limit)
    }
}
