// SPDX-License-Identifier: Apache-2.0
internal import CGeventTLS

// What was agreed upon; meaningful once the handshake is done.
extension TLSEngine {
    /// The version that is spoken.
    package var version: TLSVersion? { TLSVersion(rawValue: Int(unsafe gv_tls_version(handle))) }

    /// The cipher's name in the registry, such as `TLS_AES_128_GCM_SHA256`.
    // SAFETY: the name is a constant of OpenSSL's.
    package var cipher: String { unsafe String(cString: gv_tls_cipher(handle)) }

    /// Whether an earlier session was resumed.
    package var isResumed: Bool { unsafe gv_tls_is_resumed(handle) == 1 }

    /// The application protocol; `nil` without one.
    package var applicationProtocol: String? {
        var name: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        unsafe gv_tls_protocol(handle, &name, &count)
        // SAFETY: the name lives as long as the connection, and is copied at once.
        let bytes = unsafe UnsafeBufferPointer(start: name, count: Int(count))
        return unsafe bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// The name that the client asks for, as it was sent; `nil` without one.
    package var requestedName: String? {
        if let host { return host.isAddress ? nil : host.text }
        // SAFETY: the text is part of the record, and ends with a zero.
        let name = unsafe withUnsafeBytes(of: handle.pointee.name) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return name.isEmpty ? nil : name
    }

    /// What the peer has shown; `nil` if it has shown nothing.
    package var peerCertificate: TLSCertificate? {
        guard let certificate = unsafe gv_tls_copy_certificate(handle) else { return nil }
        defer { unsafe gv_tls_certificate_free(certificate) }
        return unsafe TLSCertificate(certificate)
    }

    /// The newest session that the server has offered to resume.
    package var session: TLSSession? {
        guard let host, let session = unsafe gv_tls_copy_session(handle) else { return nil }
        return unsafe TLSSession(owning: session, host: host, context: context)
    }
}
