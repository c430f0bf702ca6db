// SPDX-License-Identifier: Apache-2.0

/// What a ``TLSContext`` is made from.
///
/// ```swift
/// var configuration = TLSConfiguration.client()
/// configuration.applicationProtocols = ["h2", "http/1.1"]
/// let context = try TLSContext(configuration)
/// ```
///
/// A client verifies its servers unless it says otherwise in so many words. Renegotiation and
/// compression are off, and there is no way to turn them on.
///
/// gevent: `SSLContext` before its first use.
public struct TLSConfiguration: Sendable {
    /// Chooses a certificate for the name that a client asks for; `nil` leaves it to the names.
    ///
    /// It runs in the greenlet of the handshake, and may wait.
    public typealias IdentityChoice = @Sendable (_ name: String?) throws -> TLSIdentity?

    let isServer: Bool

    /// Who is trusted: the system's authorities for a client, nobody for a server.
    public var trust: [TLSTrust]

    /// How a client verifies its servers; servers go by ``clientCertificates``.
    public var verification = TLSVerification.full

    /// Whether a server asks for certificates, which then come from ``trust``.
    public var clientCertificates = TLSClientCertificates.notAsked

    /// Who this side is; a client may do without.
    public var identity: TLSIdentity?

    /// Certificates of a server by the name that a client asks for.
    ///
    /// `*.example.org` stands for all names with one label in place of the star. A name of its own
    /// goes before, and a name that is not found gets ``identity``.
    public var namedIdentities: [String: TLSIdentity] = [:]

    /// Asked before ``namedIdentities``.
    public var identityChoice: IdentityChoice?

    /// What is spoken over the connection, such as `h2`; the first ones are preferred.
    ///
    /// A server that has some refuses clients that offer only others (RFC 7301, 3.2). None at all
    /// leaves the matter open.
    ///
    /// gevent: `SSLContext.set_alpn_protocols`.
    public var applicationProtocols: [String] = []

    /// The oldest version to speak.
    public var minimumVersion = TLSVersion.tls12

    /// How long a handshake may take, whatever the limits of the stream; `nil` is no limit.
    public var handshakeTimeout: Duration? = .seconds(10)

    private init(isServer: Bool, trust: [TLSTrust], identity: TLSIdentity?) {
        self.isServer = isServer
        self.trust = trust
        self.identity = identity
    }

    /// For connections that this side opens.
    ///
    /// - Parameters:
    ///   - trust: Whose certificates are good; the system's choice by default.
    ///   - identity: The certificate for servers that ask for one.
    /// - Returns: A configuration that verifies everything.
    ///
    /// gevent: `ssl.create_default_context()`.
    public static func client(
        trust: [TLSTrust] = [.system], identity: TLSIdentity? = nil
    ) -> TLSConfiguration {
        TLSConfiguration(isServer: false, trust: trust, identity: identity)
    }

    /// For connections that this side accepts.
    ///
    /// - Parameter identity: The certificate for clients that ask for no name, or for an unknown one.
    /// - Returns: A configuration that asks for no certificates.
    ///
    /// gevent: `ssl.create_default_context(Purpose.CLIENT_AUTH)`.
    public static func server(identity: TLSIdentity) -> TLSConfiguration {
        TLSConfiguration(isServer: true, trust: [], identity: identity)
    }
}
