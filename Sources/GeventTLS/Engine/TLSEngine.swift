// SPDX-License-Identifier: Apache-2.0
package import CGeventTLS
internal import GeventSystem

/// One side of a connection without its I/O: it takes what arrived and makes what is to be sent.
///
/// It never waits, so nothing else happens on its thread during a call: no call meets the errors of
/// another connection, and none meets another one of its own. The caller moves the bytes.
@safe package final class TLSEngine {
    /// What a step came to.
    package enum Step: Sendable {
        /// It went through.
        case done
        /// It needs more from the peer.
        case wantsInput
        /// It needs the certificate for ``TLSEngine/requestedName``; a handshake only.
        case wantsIdentity
        /// The peer has said that nothing more comes.
        case ended
    }

    // SAFETY: made by `init` and freed by `deinit`; OpenSSL keeps its address meanwhile.
    /// The connection, which lives as long as the engine.
    package let handle: UnsafeMutablePointer<gv_tls>
    /// What it was made by.
    package let context: TLSContext
    let host: HostName?

    /// The side that accepts connections.
    ///
    /// - Precondition: The context is a server's.
    package init(server context: TLSContext) throws {
        require(context.configuration.isServer, "a server needs a server's TLSContext")
        self.context = context
        host = nil
        unsafe handle = try Self.make(context)
        unsafe handle.pointee.pauses_for_name = context.choosesByName ? 1 : 0
    }

    /// The side that opens a connection to `host`.
    ///
    /// - Parameters:
    ///   - context: A client's.
    ///   - host: The name or the address that the server's certificate has to have.
    ///   - session: One to resume, if it is good for this host and this context.
    /// - Throws: ``TLSError`` `invalidName`.
    package init(client context: TLSContext, host: String, session: TLSSession? = nil) throws {
        require(!context.configuration.isServer, "a client needs a client's TLSContext")
        let host = try HostName(host)
        self.context = context
        self.host = host
        unsafe handle = try Self.make(context)
        let isVerified = context.configuration.verification == .full
        guard
            unsafe gv_tls_expect_host(handle, host.text, host.isAddress ? 1 : 0, isVerified ? 1 : 0)
                == 1
        else {
            throw TLSError(.invalidName, reason: host.text)
        }
        if let session, session.isGood(for: host, by: context) {
            // One that cannot be used is no failure: the handshake is a full one then.
            _ = unsafe gv_tls_set_session(handle, session.handle)
        }
    }

    deinit {
        unsafe gv_tls_end(handle)
        unsafe handle.deallocate()
    }

    private static func make(_ context: TLSContext) throws -> UnsafeMutablePointer<gv_tls> {
        let handle = UnsafeMutablePointer<gv_tls>.allocate(capacity: 1)
        unsafe handle.initialize(to: gv_tls())
        var failure = gv_tls_failure()
        guard unsafe gv_tls_init(handle, context.handle, &failure) == 1 else {
            unsafe handle.deallocate()
            throw TLSError(failure, otherwise: .handshakeFailed)
        }
        return unsafe handle
    }

    /// Takes a step of the handshake.
    ///
    /// - Throws: ``TLSError``; the alert for the peer is among the output then.
    package func handshake() throws -> Step {
        try step(unsafe gv_tls_handshake(handle))
    }

    /// Answers `wantsIdentity`; `nil` is the certificate of the configuration.
    ///
    /// - Throws: ``TLSError`` `invalidConfiguration`.
    package func use(_ identity: TLSIdentity?) throws {
        guard let identity else { return }
        if unsafe gv_tls_use_identity(handle, identity.handle) != Int32(GV_TLS_DONE) {
            throw TLSError(unsafe handle.pointee.failure, otherwise: .invalidConfiguration)
        }
    }

    /// Says to the peer that nothing more comes from this side.
    package func shutDown() throws {
        _ = try step(unsafe gv_tls_shut_down(handle))
    }

    /// Changes the keys of this side and asks the peer to change those of the other one.
    ///
    /// - Throws: ``TLSError`` where the version is not TLS 1.3.
    package func updateKeys() throws {
        _ = try step(unsafe gv_tls_update_keys(handle))
    }

    /// What OpenSSL's answer means.
    func step(_ answer: Int32) throws -> Step {
        switch Int(answer) {
        case Int(GV_TLS_DONE): .done
        case Int(GV_TLS_WANTS_INPUT): .wantsInput
        case Int(GV_TLS_WANTS_IDENTITY): .wantsIdentity
        case Int(GV_TLS_ENDED): .ended
        default: throw TLSError(unsafe handle.pointee.failure, otherwise: .handshakeFailed)
        }
    }
}
