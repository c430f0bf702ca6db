// SPDX-License-Identifier: Apache-2.0
package import CGeventTLS

/// What the connections of a client or a server have in common: certificates, trust, protocols.
///
/// Make one and use it for many connections. It never changes, and any thread may use it. To replace
/// the certificates of a running server, see ``ReloadableTLSContext``.
///
/// gevent: `SSLContext`.
@safe
public final class TLSContext: Sendable {
    // SAFETY: filled in by `init`; from then on OpenSSL changes it under locks of its own only.
    /// The context, which lives as long as this object.
    package nonisolated(unsafe) let handle: UnsafeMutablePointer<gv_tls_context>

    /// What it was made from.
    public let configuration: TLSConfiguration

    let names: IdentityNames

    /// Makes a context; files that the configuration names are read now.
    ///
    /// - Throws: ``TLSError`` `invalidConfiguration`, `unreadableCertificate`; `SystemError` for a
    ///   file that cannot be read.
    public init(_ configuration: TLSConfiguration) throws {
        self.configuration = configuration
        names = try IdentityNames(configuration.namedIdentities)
        let handle = UnsafeMutablePointer<gv_tls_context>.allocate(capacity: 1)
        unsafe handle.initialize(to: gv_tls_context())
        unsafe self.handle = handle
        try configuration.check()
        try call {
            unsafe gv_tls_context_init(
                handle, configuration.isServer ? 1 : 0,
                Int32(configuration.minimumVersion.rawValue), &$0)
        }
        try setTrust()
        try setIdentity()
        try setProtocols()
    }

    deinit {
        // SAFETY: an engine holds its context, so there is none any more.
        unsafe gv_tls_context_end(handle)
        unsafe handle.deallocate()
    }

    /// Whether the certificate depends on the name that a client asks for.
    var choosesByName: Bool { configuration.identityChoice != nil || !names.isEmpty }

    /// The certificate for the name that a client asks for; `nil` is the one of the configuration.
    func identity(for name: String?) throws -> TLSIdentity? {
        try configuration.identityChoice?(name) ?? name.flatMap(names.identity)
    }

    private func setTrust() throws {
        for trust in configuration.trust {
            let certificates = try trust.certificates()
            try call(otherwise: .unreadableCertificate) { failure in
                guard let certificates else {
                    return unsafe gv_tls_context_trust_system(handle, &failure)
                }
                // SAFETY: the bytes are read during the call only.
                return unsafe certificates.withUnsafeBytes { bytes in
                    unsafe gv_tls_context_trust(handle, bytes.baseAddress, bytes.count, &failure)
                }
            }
        }
        unsafe gv_tls_context_set_verification(handle, Int32(configuration.strictness))
    }

    private func setIdentity() throws {
        guard let identity = configuration.identity else { return }
        try call { unsafe gv_tls_context_set_identity(handle, identity.handle, &$0) }
    }

    private func setProtocols() throws {
        let list = configuration.protocolList
        guard !list.isEmpty else { return }
        try call { failure in
            // SAFETY: the bytes are copied by the call.
            unsafe list.withUnsafeBytes { bytes in
                unsafe gv_tls_context_set_protocols(
                    handle, bytes.baseAddress, bytes.count, &failure)
            }
        }
    }

    private func call(
        otherwise fallback: TLSError.Code = .invalidConfiguration,
        _ body: (inout gv_tls_failure) -> Int32
    ) throws {
        var failure = gv_tls_failure()
        guard body(&failure) == 1 else { throw TLSError(failure, otherwise: fallback) }
    }
}
