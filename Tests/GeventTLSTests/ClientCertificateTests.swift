// SPDX-License-Identifier: Apache-2.0
import GeventTLS
import Testing

@Suite struct ClientCertificateTests {
    private let authority = Authority()

    private func refusal(
        _ policy: TLSClientCertificates, _ certificate: MadeCertificate?
    ) throws -> TLSError.Code? {
        var server = try authority.server()
        server.clientCertificates = policy
        server.trust = [.pem(authority.root.certificate)]
        var client = authority.client()
        client.identity = try certificate?.identity()
        let refusal = try EnginePair(client: client, server: server).outcome()
        if let refusal, refusal.side != "server" { throw refusal }
        return refusal?.error.code
    }

    @Test func `are required, and good`() throws {
        #expect(try refusal(.required, authority.sign("a client")) == nil)
        #expect(try refusal(.required, nil) == .certificateMissing)
        #expect(try refusal(.required, Authority().sign("a client")) == .unknownAuthority)
        let old = authority.sign("a client", valid: -7200...(-3600))
        #expect(try refusal(.required, old) == .certificateExpired)
    }

    @Test func `may be left out where they are only requested`() throws {
        #expect(try refusal(.requested, nil) == nil)
        #expect(try refusal(.requested, authority.sign("a client")) == nil)
        #expect(try refusal(.requested, MadeCertificate("a client")) == .selfSigned)
    }

    @Test func `are not sent unless they are asked for`() throws {
        var client = authority.client()
        client.identity = try authority.sign("a client").identity()
        let pair = try EnginePair(client: client, server: authority.server())
        try pair.shake()

        #expect(pair.server.peerCertificate == nil)
    }

    @Test func `are shown to the server`() throws {
        var server = try authority.server()
        server.clientCertificates = .required
        server.trust = [.pem(authority.root.certificate)]
        var client = authority.client()
        client.identity = try authority.sign("a client").identity()
        let pair = try EnginePair(client: client, server: server)
        try pair.shake()

        #expect(pair.server.peerCertificate?.subject == "CN=a client")
    }
}
