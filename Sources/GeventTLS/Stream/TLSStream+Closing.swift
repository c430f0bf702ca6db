// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventNet
internal import GeventSync
internal import GeventSystem

extension TLSStream {
    /// Ends the stream in both directions, and the one below; does nothing the second time.
    ///
    /// The peer is told that the stream ends, if there is room for that: who wants to be sure calls
    /// ``shutdownWrite()`` before. Greenlets that read or write get `SystemError` `EBADF`.
    ///
    /// A client that only writes should read the end of the stream before it closes: servers offer
    /// sessions unasked, and bytes that arrive at a closed socket make the kernel reset the
    /// connection, by which the peer may lose what it has not read yet.
    ///
    /// > Suspends: At most for one turn of the hub, and when another greenlet is ready to run.
    ///
    /// gevent: `SSLSocket.close`, after `unwrap`.
    public func close() {
        if isClosed { return }
        isClosed = true
        sayGoodbye()
        transport.close()
        buffer.clear()
    }

    private func sayGoodbye() {
        let isPossible =
            isEstablished && failure == nil && sendingFailure == nil && !sending.isLocked
            && HubNumber.here == owner && (try? AnyGreenlet.currentThatMayWait()) != nil
        guard isPossible else { return }
        transport.timeout = .zero
        // The stream is given up whatever happens, and there is nobody who could be told.
        try? shielded {
            if !hasShutDown { try engine.shutDown() }
            let bytes = engine.takeOutput(by: room)
            if !bytes.isEmpty { try transport.write(bytes) }
        }
    }

    /// What is left when the encryption has ended.
    public struct Unwrapped {
        /// The stream below, open and with its own limit again.
        public let stream: any ByteStream

        /// What the peer has sent behind the end of the encryption, and was read along.
        public let surplus: [UInt8]
    }

    /// Ends the encryption, by agreement with the peer, and keeps the stream below.
    ///
    /// > Suspends: Until the peer has agreed.
    ///
    /// - Returns: The stream below. This one is closed.
    /// - Throws: ``TLSError``, `unreadData` if the peer has sent something that should be read before:
    ///   read it and try again; `truncated` if the peer does not agree; what the stream below throws;
    ///   `SocketTimeoutError`; what strikes the greenlet.
    ///
    /// gevent: `SSLSocket.unwrap`.
    public func unwrap() throws -> Unwrapped {
        try shutdownWrite()
        let next = try peek(upTo: 1)
        guard next.isEmpty else {
            throw TLSError(.unreadData, reason: "the peer has sent more before the end")
        }
        isClosed = true
        restoreTimeout()
        return Unwrapped(stream: transport, surplus: engine.takeSurplus())
    }
}
