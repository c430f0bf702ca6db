// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventNet

/// Asks a server for its certificate, and says nothing else to it.
///
/// ```swift
/// let certificate = try getServerCertificate(host: "router.local", port: 443)
/// print(certificate.subject, certificate.pem)
/// ```
///
/// Without `trust` nothing is verified: it is the certificate of whoever answers, to be looked at
/// and not to be believed.
///
/// > Suspends: Always.
///
/// - Parameters:
///   - host: A name, or an address in numbers.
///   - port: The port.
///   - trust: Who must have signed the certificate, which then has to name the host too; `nil`
///     takes any.
///   - timeout: How long it may take in all; `nil` leaves it to the system and the handshake.
/// - Returns: The certificate; its ``TLSCertificate/pem`` is what gevent returns.
/// - Throws: What ``TLSStream/connect(host:port:context:session:timeout:)`` throws.
///
/// gevent: `gevent.ssl.get_server_certificate`.
public func getServerCertificate(
    host: String, port: UInt16, trust: [TLSTrust]? = nil, timeout: Duration? = nil
) throws -> TLSCertificate {
    var configuration = TLSConfiguration.client(trust: trust ?? [])
    configuration.verification = trust == nil ? .insecureNone : .full
    let stream = try TLSStream.connect(
        host: host, port: port, configuration: configuration, timeout: timeout)
    defer { stream.close() }
    guard let certificate = stream.peerCertificate else {
        throw TLSError(.certificateMissing, reason: "\(host) has shown none")
    }
    return certificate
}
