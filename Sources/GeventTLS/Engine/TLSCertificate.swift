// SPDX-License-Identifier: Apache-2.0
internal import CGeventTLS

/// The certificate that a peer has shown.
///
/// gevent: `SSLSocket.getpeercert`.
public struct TLSCertificate: Hashable, Sendable {
    /// The certificate in DER.
    public let bytes: [UInt8]

    /// Whom it was given to, as in `CN=example.org,O=Example`; never ask it for the name of a host.
    public let subject: String

    /// The hosts that it is for; those with bytes that no name has are left out.
    public let hosts: [String]

    /// The addresses that it is for, of 4 or 16 bytes each.
    public let addresses: [[UInt8]]

    /// Copies a certificate of OpenSSL's.
    init(_ certificate: OpaquePointer) {
        unsafe bytes = Self.collect(certificate, gv_tls_certificate_bytes).first ?? []
        unsafe subject = String(
            decoding: Self.collect(certificate, gv_tls_certificate_subject).first ?? [],
            as: UTF8.self)
        unsafe hosts = Self.collect(certificate, gv_tls_certificate_hosts)
            .filter { $0.allSatisfy { (0x21...0x7E).contains($0) } }
            .map { String(decoding: $0, as: UTF8.self) }
        unsafe addresses = Self.collect(certificate, gv_tls_certificate_addresses)
    }

    private typealias Part = (OpaquePointer?, gv_tls_taker?, UnsafeMutableRawPointer?) -> Void

    private static func collect(_ certificate: OpaquePointer, _ part: Part) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        unsafe withUnsafeMutablePointer(to: &pieces) { pieces in
            let take: gv_tls_taker = { bytes, count, receiver in
                // SAFETY: the receiver is the array below, and the bytes are lent for this call.
                unsafe receiver?.assumingMemoryBound(to: [[UInt8]].self).pointee.append(
                    [UInt8](UnsafeRawBufferPointer(start: bytes, count: count)))
            }
            unsafe part(certificate, take, pieces)
        }
        return pieces
    }
}
