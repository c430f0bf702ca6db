// SPDX-License-Identifier: Apache-2.0

// What the two sides have agreed upon; `nil` before the handshake is done.
extension TLSStream {
    /// The version that is spoken.
    ///
    /// gevent: `SSLSocket.version`.
    public var protocolVersion: TLSVersion? { isEstablished ? engine.version : nil }

    /// The cipher's name in the registry, such as `TLS_AES_128_GCM_SHA256`.
    ///
    /// gevent: `SSLSocket.cipher`.
    public var cipherSuite: String? { isEstablished ? engine.cipher : nil }

    /// The application protocol, such as `h2`; `nil` too if none was agreed upon.
    ///
    /// gevent: `SSLSocket.selected_alpn_protocol`.
    public var alpnProtocol: String? { isEstablished ? engine.applicationProtocol : nil }

    /// What the peer has shown; `nil` too if it has shown nothing.
    ///
    /// It was verified as the configuration says: read that before you believe a word of it.
    ///
    /// gevent: `SSLSocket.getpeercert`.
    public var peerCertificate: TLSCertificate? { isEstablished ? engine.peerCertificate : nil }

    /// Whether an earlier session was resumed.
    ///
    /// gevent: `SSLSocket.session_reused`.
    public var isSessionReused: Bool { isEstablished && engine.isResumed }

    /// The name that the client has asked for; `nil` too if it has asked for none.
    ///
    /// On a server it is whatever the client has sent.
    ///
    /// gevent: `SSLSocket.server_hostname`.
    public var serverName: String? { isEstablished ? engine.requestedName : nil }

    /// What the next connection to this host can resume; `nil` before the server has offered that.
    ///
    /// With TLS 1.3 the offer comes behind the handshake, and is seen when something is read.
    ///
    /// gevent: `SSLSocket.session`.
    public var session: TLSSession? { isEstablished ? engine.session : nil }
}
