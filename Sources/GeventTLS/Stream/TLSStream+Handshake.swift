// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventNet
internal import GeventSync
internal import GeventSystem

extension TLSStream {
    /// Does the handshake; does nothing once it is done.
    ///
    /// It has as long as the configuration says (``TLSConfiguration/handshakeTimeout``), or as
    /// ``timeout`` if that is shorter, however slowly the peer goes about it.
    ///
    /// > Suspends: Until it is done.
    ///
    /// - Throws: ``TLSError``; `SocketTimeoutError`; what the stream below throws; what strikes the
    ///   greenlet. After an error there is nothing to do but to close.
    ///
    /// gevent: `SSLSocket.do_handshake`.
    public func handshake() throws {
        _ = try AnyGreenlet.currentThatMayWait()
        try establish(Limit(timeout))
    }

    /// Sees to it that the handshake is done.
    func establish(_ limit: Limit) throws {
        try throwIfUnusable("handshake")
        if isEstablished { return }
        guard try shaking.acquire(timeout: limit.remaining) else { throw late("handshake") }
        defer { shaking.release() }
        try throwIfUnusable("handshake")
        if isEstablished { return }
        do {
            try shake()
            isEstablished = true
        } catch {
            failure = failure ?? lasting(error)
            throw error
        }
    }

    private func shake() throws {
        let own = engine.context.configuration.handshakeTimeout
        let allowed = [own, timeout].compactMap(\.self).min()
        let limit = Limit(allowed)
        do {
            while try takeStep(limit) {}
        } catch is SocketTimeoutError {
            throw SocketTimeoutError(operation: "handshake", duration: allowed ?? .zero)
        }
    }

    // Whether there is another one to take.
    private func takeStep(_ limit: Limit) throws -> Bool {
        let step = try tellingPeer(limit) { try engine.handshake() }
        try throwIfUnusable("handshake")
        switch step {
        case .done:
            try flush(limit)
            return false
        case .ended:
            throw TLSError(.truncated, reason: "the peer ended the stream in the handshake")
        case .wantsInput:
            try flush(limit)
            try takeIn(limit)
        case .wantsIdentity:
            let late = SocketTimeoutError(operation: "handshake", duration: .zero)
            let identity = try withTimeout(limit.remaining, throwing: late) {
                try engine.context.identity(for: engine.requestedName)
            }
            try engine.use(identity)
        }
        return true
    }

    /// Runs a step of the engine; where it fails, the peer is told why.
    func tellingPeer<Value>(_ limit: Limit, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch { try tellPeer(of: error, limit) }
    }

    /// Sends the alert about an error of the engine, and throws the error.
    func tellPeer(of error: any Error, _ limit: Limit) throws -> Never {
        failure = error
        // The peer may have gone, or not listen. What went wrong first is what counts.
        try? flush(limit)
        throw error
    }

    /// Throws what stands against any use of the stream.
    func throwIfUnusable(_ call: String) throws {
        guard HubNumber.here == owner else {
            throw InvalidThreadUseError(
                HubNumber.foreignUse(of: "\(call): a TLS stream", owner: owner))
        }
        if isClosed { throw SystemError.closed(call) }
        if let failure { throw failure }
    }

    /// What later uses are told about an error that cut an operation short.
    ///
    /// What struck the greenlet, such as a kill, is not theirs.
    func lasting(_ error: any Error) -> any Error {
        if error is TLSError || error is SystemError { return error }
        return TLSError(.interrupted, reason: "", cause: error)
    }

    /// Says that `operation` has taken too long.
    func late(_ operation: String) -> SocketTimeoutError {
        SocketTimeoutError(operation: operation, duration: timeout ?? .zero)
    }
}
