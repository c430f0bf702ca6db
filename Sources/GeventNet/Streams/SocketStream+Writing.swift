// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

extension SocketStream {
    /// Writes all of `bytes`.
    ///
    /// To write means to hand over to the system: the peer may not have them yet, and may never get
    /// them. If this throws, some of them may have been written.
    ///
    /// > Suspends: When there is no room for all of them; now and then also when there is, so that
    /// > a stream that never fills up leaves others their turn.
    ///
    /// - Throws: `SystemError` (`EPIPE`, `ECONNRESET`, `EBADF` once closed); ``SocketTimeoutError``;
    ///   `ConcurrentObjectUseError` while another greenlet writes; what strikes the greenlet.
    ///
    /// gevent: `sendall`.
    public final func write(_ bytes: RawSpan) throws {
        try socket.takeWriting()
        defer { socket.giveWriting() }
        let limit = Limit(timeout)
        var sent = 0
        while sent < bytes.byteCount {
            sent += try socket.send(bytes.extracting(droppingFirst: sent))
            // A short write means that there is no room: wait, and save the call that would say so.
            if sent < bytes.byteCount { try socket.wait(for: .write, "write", limit) }
        }
    }

    /// Writes all of several pieces, one behind the other, without copying them together.
    ///
    /// > Suspends: As ``write(_:)-(RawSpan)``.
    ///
    /// - Throws: What the other forms of `write` throw.
    ///
    /// gevent: `sendmsg`.
    public final func write(gathering pieces: [[UInt8]]) throws {
        try socket.takeWriting()
        defer { socket.giveWriting() }
        let limit = Limit(timeout)
        var rest = pieces.filter { !$0.isEmpty }[...]
        var offset = 0
        while !rest.isEmpty {
            let sent = try socket.send(gathering: rest, droppingFirst: offset)
            offset += sent
            while let first = rest.first, offset >= first.count {
                offset -= first.count
                rest.removeFirst()
            }
            // A piece that was cut means that there is no room; else the next call takes more.
            if offset > 0 || sent == 0 { try socket.wait(for: .write, "write", limit) }
        }
    }

    /// Says that nothing more will be written: the peer reads the end of the stream.
    ///
    /// What comes from the peer can still be read.
    ///
    /// - Throws: `SystemError` `ENOTCONN` when the peer has gone already, `EBADF` once closed.
    ///
    /// gevent: `shutdown(SHUT_WR)`.
    public final func shutdownWrite() throws {
        try SocketCalls.shutDown(socket.number(for: "shutdown"), .writing)
    }

    /// Says that nothing more will be read: who reads gets the end of the stream.
    ///
    /// - Throws: `SystemError` `ENOTCONN` when the peer has gone already, `EBADF` once closed.
    ///
    /// gevent: `shutdown(SHUT_RD)`.
    public final func shutdownRead() throws {
        try SocketCalls.shutDown(socket.number(for: "shutdown"), .reading)
    }
}
