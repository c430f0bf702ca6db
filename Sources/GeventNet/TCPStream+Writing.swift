// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

extension TCPStream {
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
    public func write(_ bytes: RawSpan) throws {
        try socket.writing.take()
        defer { socket.writing.give() }
        let limit = Limit(timeout)
        var sent = 0
        while sent < bytes.byteCount {
            sent += try socket.send(bytes.extracting(droppingFirst: sent))
            // A short write means that there is no room: wait, and save the call that would say so.
            if sent < bytes.byteCount { try socket.wait(for: .write, "write", limit) }
        }
    }

    /// Says that nothing more will be written: the peer reads the end of the stream.
    ///
    /// What comes from the peer can still be read.
    ///
    /// - Throws: `SystemError` `ENOTCONN` when the peer has gone already, `EBADF` once closed.
    ///
    /// gevent: `shutdown(SHUT_WR)`.
    public func shutdownWrite() throws {
        try SocketCalls.shutDown(socket.number(for: "shutdown"), .writing)
    }
}
