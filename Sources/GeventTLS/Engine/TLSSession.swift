// SPDX-License-Identifier: Apache-2.0
internal import CGeventTLS

/// What a server handed out so that the next handshake is a shorter one.
///
/// Take it from ``TLSStream/session`` after something was read, and give it to the next connection
/// to the same host by the same context; for another one it is not used. Any thread may keep it.
///
/// gevent: `SSLSession`.
@safe
public final class TLSSession: Sendable {
    // SAFETY: OpenSSL counts references to a session atomically, and never changes one that is shared.
    nonisolated(unsafe) let handle: OpaquePointer

    private let host: HostName
    private let context: TLSContext

    /// Takes over a reference to a session.
    init(owning handle: OpaquePointer, host: HostName, context: TLSContext) {
        unsafe self.handle = handle
        self.host = host
        self.context = context
    }

    // SAFETY: the reference is this object's own.
    deinit { unsafe gv_tls_session_free(handle) }

    /// Whether it may be resumed: the certificate that it stands for was verified for this host, by
    /// the rules of this context, and is not looked at again.
    func isGood(for host: HostName, by context: TLSContext) -> Bool {
        self.host == host && self.context === context
    }
}
