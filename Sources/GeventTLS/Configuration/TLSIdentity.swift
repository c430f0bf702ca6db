// SPDX-License-Identifier: Apache-2.0
internal import CGeventTLS
internal import GeventSystem

/// A certificate with its key: who one is.
///
/// Servers need one, clients only where a server asks for it. Any thread may use it.
///
/// gevent: `SSLContext.load_cert_chain`.
@safe
public final class TLSIdentity: Sendable {
    // SAFETY: filled in by `init` and only read from then on; OpenSSL counts references atomically.
    nonisolated(unsafe) let handle: UnsafeMutablePointer<gv_tls_identity>

    /// Reads a certificate and its key from PEM.
    ///
    /// - Parameters:
    ///   - certificates: The certificate, then those that lead to its authority.
    ///   - key: The certificate's private key.
    ///   - passphrase: What the key is protected by; `nil` if it is not. It is never asked for.
    /// - Throws: ``TLSError`` `unreadableCertificate`, `keyMismatch`.
    public init(certificates: [UInt8], key: [UInt8], passphrase: String? = nil) throws {
        let handle = UnsafeMutablePointer<gv_tls_identity>.allocate(capacity: 1)
        unsafe handle.initialize(to: gv_tls_identity())
        unsafe self.handle = handle
        var failure = gv_tls_failure()
        // SAFETY: the bytes are read during the call only.
        let isGood = unsafe certificates.withUnsafeBytes { certificates in
            unsafe key.withUnsafeBytes { key in
                unsafe gv_tls_identity_init(
                    handle, certificates.baseAddress, certificates.count, key.baseAddress,
                    key.count, passphrase, &failure)
            }
        }
        guard isGood == 1 else { throw TLSError(failure, otherwise: .unreadableCertificate) }
    }

    /// Reads a certificate and its key from files of PEM.
    ///
    /// The files are read at once, which blocks the hub for as long as the disk takes.
    ///
    /// - Parameters:
    ///   - certificateFile: The certificate, then those that lead to its authority.
    ///   - keyFile: The certificate's private key; `nil` if the same file has it.
    ///   - passphrase: What the key is protected by; `nil` if it is not. It is never asked for.
    /// - Throws: `SystemError` for a file that cannot be read; ``TLSError`` `unreadableCertificate`,
    ///   `keyMismatch`.
    public convenience init(
        certificateFile: String, keyFile: String? = nil, passphrase: String? = nil
    ) throws {
        let certificates = try WholeFile.bytes(of: certificateFile)
        let key = try keyFile.map { try WholeFile.bytes(of: $0) } ?? certificates
        try self.init(certificates: certificates, key: key, passphrase: passphrase)
    }

    deinit {
        // SAFETY: contexts and connections hold references of their own to what is in it.
        unsafe gv_tls_identity_end(handle)
        unsafe handle.deallocate()
    }
}
