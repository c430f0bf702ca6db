// SPDX-License-Identifier: Apache-2.0
import CGeventTLSTestProbes
import GeventTLS
import Glibc

/// A certificate that was made for a test, with its key.
struct MadeCertificate: Sendable {
    /// In PEM.
    let certificate: [UInt8]
    /// In PEM.
    let key: [UInt8]

    /// Makes one.
    ///
    /// - Parameters:
    ///   - commonName: Whom it is given to.
    ///   - names: As in a configuration of OpenSSL.
    ///   - rawName: The bytes of one more name.
    ///   - valid: From when to when, in seconds from now.
    ///   - isAuthority: Whether it may sign others.
    ///   - issuer: Who signs it; `nil` signs it by itself.
    init(
        _ commonName: String, names: String? = nil, rawName: [UInt8]? = nil,
        valid: ClosedRange<Int> = -3600...3600, isAuthority: Bool = false,
        issuer: MadeCertificate? = nil
    ) {
        var wanted = unsafe gv_tls_test_certificate()
        let strings = unsafe [
            commonName, names, issuer.map { String(decoding: $0.certificate, as: UTF8.self) },
            issuer.map { String(decoding: $0.key, as: UTF8.self) },
        ].map { text in unsafe text.flatMap { unsafe strdup($0) } }
        unsafe wanted.common_name = UnsafePointer(strings[0])
        unsafe wanted.names = UnsafePointer(strings[1])
        unsafe wanted.issuer = UnsafePointer(strings[2])
        unsafe wanted.issuer_key = UnsafePointer(strings[3])
        unsafe wanted.begins = valid.lowerBound
        unsafe wanted.ends = valid.upperBound
        unsafe wanted.is_authority = isAuthority ? 1 : 0
        let isMade = unsafe (rawName ?? []).withUnsafeBytes { bytes in
            if rawName != nil { unsafe wanted.raw_name = bytes.baseAddress }
            unsafe wanted.raw_name_count = Int32(bytes.count)
            return unsafe gv_tls_test_make(&wanted)
        }
        precondition(isMade == 1, "no certificate")
        certificate = unsafe Array(String(cString: wanted.certificate).utf8)
        key = unsafe Array(String(cString: wanted.key).utf8)
        unsafe (strings + [wanted.certificate, wanted.key]).forEach { unsafe free($0) }
    }

    /// The key behind a passphrase.
    func protectedKey(passphrase: String) -> [UInt8] {
        let text = unsafe gv_tls_test_protect(String(decoding: key, as: UTF8.self), passphrase)
        defer { unsafe free(text) }
        guard let text = unsafe text else { return [] }
        return unsafe Array(String(cString: text).utf8)
    }

    /// Made anew for each call, since tests are not to share one.
    func identity() throws -> TLSIdentity {
        try TLSIdentity(certificates: certificate, key: key)
    }
}

/// An authority, and what it has signed for `server.test`.
struct Authority: Sendable {
    /// The authority itself.
    let root: MadeCertificate

    /// Makes an authority.
    init(_ name: String = "The Authority") {
        root = MadeCertificate(name, isAuthority: true)
    }

    /// Signs a certificate for `names`.
    func sign(
        _ commonName: String, names: String? = nil, rawName: [UInt8]? = nil,
        valid: ClosedRange<Int> = -3600...3600
    ) -> MadeCertificate {
        MadeCertificate(
            commonName, names: names, rawName: rawName, valid: valid, issuer: root)
    }

    /// A configuration that trusts this authority only.
    func client() -> TLSConfiguration { .client(trust: [.pem(root.certificate)]) }

    /// A configuration with a certificate for `name`.
    func server(_ name: String = "server.test") throws -> TLSConfiguration {
        .server(identity: try sign(name, names: "DNS:\(name)").identity())
    }
}
