// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventNet
internal import GeventSystem

extension TLSStream {
    /// How much is encrypted before it is sent.
    private static let portion = 65_536

    /// Writes all of `bytes`.
    ///
    /// To write means to hand over to the stream below: the peer may not have them yet. If this
    /// throws while bytes were under way, nothing more can be written.
    ///
    /// > Suspends: When there is no room for all of them, or the handshake is not done.
    ///
    /// - Throws: ``TLSError``, `interrupted` after a write that was cut short; what the stream below
    ///   throws; `SystemError` `EPIPE` after ``shutdownWrite()``; `SocketTimeoutError`;
    ///   `ConcurrentObjectUseError` while another greenlet writes; what strikes the greenlet.
    ///
    /// gevent: `SSLSocket.sendall`.
    public func write(_ bytes: RawSpan) throws {
        try writing { limit in
            try throwIfShutDown()
            var taken = 0
            while taken < bytes.byteCount {
                let end = min(bytes.byteCount, taken + Self.portion)
                while taken < end {
                    let rest = bytes.extracting(taken..<end)
                    taken += try tellingPeer(limit) { try engine.write(rest) }
                }
                try flush(limit)
                try throwIfUnusable("write")
            }
        }
    }

    /// Says that nothing more will be written: the peer reads the end of the stream.
    ///
    /// What comes from the peer can still be read. The stream below stays open both ways.
    ///
    /// > Suspends: When there is no room, or the handshake is not done.
    ///
    /// - Throws: What ``write(_:)-(RawSpan)`` throws.
    ///
    /// gevent: the first half of `SSLSocket.unwrap`.
    public func shutdownWrite() throws {
        try writing { limit in
            if !hasShutDown {
                hasShutDown = true
                try engine.shutDown()
            }
            try flush(limit)
        }
    }

    /// Changes the keys of both directions.
    ///
    /// > Suspends: When there is no room, or the handshake is not done.
    ///
    /// - Throws: ``TLSError`` where the version is not TLS 1.3; what ``write(_:)-(RawSpan)`` throws.
    package func updateKeys() throws {
        try writing { limit in
            try throwIfShutDown()
            try engine.updateKeys()
            try flush(limit)
        }
    }

    private func writing(_ body: (Limit) throws -> Void) throws {
        try writing.take()
        defer { writing.give() }
        let limit = Limit(timeout)
        try establish(limit)
        if let sendingFailure { throw sendingFailure }
        try body(limit)
    }

    private func throwIfShutDown() throws {
        if hasShutDown { throw SystemError.brokenPipe("write") }
    }
}
