// SPDX-License-Identifier: Apache-2.0
import CGeventTLS
import CGeventTLSTestProbes
import GeventSystem
import GeventTLS
import Testing

@Suite struct AgreementTests {
    private let authority = Authority()

    @Test func `speaks the newest version with a forward secret cipher`() throws {
        let pair = try EnginePair(client: authority.client(), server: authority.server())
        try pair.shake()

        #expect(pair.client.version == .tls13)
        #expect(pair.server.version == .tls13)
        #expect(pair.client.cipher.hasPrefix("TLS_"))
        #expect(pair.client.cipher == pair.server.cipher)
        #expect(try pair.carry("there", from: pair.client, to: pair.server) == "there")
        #expect(try pair.carry("back", from: pair.server, to: pair.client) == "back")
    }

    @Test(arguments: [0x0300, 0x0301, 0x0302])
    func `speaks no version before TLS 1.2`(version: Int32) throws {
        let pair = try EnginePair(client: authority.client(), server: authority.server())
        unsafe gv_tls_test_allow_old_versions(pair.client.context.handle.pointee.handle)
        unsafe gv_tls_test_limit_version(pair.client.handle.pointee.ssl, version)
        let refusal = pair.outcome()

        #expect(refusal?.error.code == .noCommonVersion)

        let other = try EnginePair(client: authority.client(), server: authority.server())
        unsafe gv_tls_test_allow_old_versions(other.server.context.handle.pointee.handle)
        unsafe gv_tls_test_limit_version(other.server.handle.pointee.ssl, version)

        #expect(other.outcome()?.error.code == .noCommonVersion)
    }

    @Test func `speaks TLS 1.2 unless it is told not to`() throws {
        let old = try EnginePair(client: authority.client(), server: authority.server())
        unsafe gv_tls_test_limit_version(old.client.handle.pointee.ssl, 0x0303)
        try old.shake()

        #expect(old.server.version == .tls12)
        #expect(
            old.server.cipher.contains("ECDHE")
                && (old.server.cipher.contains("GCM") || old.server.cipher.contains("CHACHA20")))

        var strict = try authority.server()
        strict.minimumVersion = .tls13
        let new = try EnginePair(client: authority.client(), server: strict)
        unsafe gv_tls_test_limit_version(new.client.handle.pointee.ssl, 0x0303)

        #expect(new.outcome()?.error.code == .noCommonVersion)
    }

    @Test func `refuses to negotiate anew`() throws {
        let pair = try EnginePair(client: authority.client(), server: authority.server())
        unsafe gv_tls_test_limit_version(pair.client.handle.pointee.ssl, 0x0303)
        try pair.shake()
        _ = try pair.carry("before", from: pair.client, to: pair.server)

        #expect(unsafe gv_tls_test_renegotiate(pair.client.handle.pointee.ssl) == 1)
        try pair.server.feed(pair.client.takeOutput(by: ReceiveRoom()))
        #expect(try pair.server.read(upTo: 100, by: ReceiveRoom()).step == .wantsInput)
        // An alert and no hello.
        let answer = pair.server.takeOutput(by: ReceiveRoom())
        #expect(answer.first == 21)
        #expect(try pair.server.read(upTo: 100, by: ReceiveRoom()).step == .wantsInput)

        try pair.client.feed(answer)
        #expect(throws: TLSError.self) { _ = try pair.client.read(upTo: 100, by: ReceiveRoom()) }
    }

    @Test(
        arguments: [
            (["h2", "http/1.1"], ["http/1.1", "h2"], "http/1.1"),
            (["h2"], ["http/1.1", "h2"], "h2"),
            (["h2"], [], nil), ([], ["h2"], nil),
        ] as [([String], [String], String?)])
    func `agrees on a protocol by the server's preference`(
        offered: [String], spoken: [String], expected: String?
    ) throws {
        var client = authority.client()
        var server = try authority.server()
        client.applicationProtocols = offered
        server.applicationProtocols = spoken
        let pair = try EnginePair(client: client, server: server)
        try pair.shake()

        #expect(pair.client.applicationProtocol == expected)
        #expect(pair.server.applicationProtocol == expected)
    }

    @Test func `ends the handshake without a common protocol`() throws {
        var client = authority.client()
        var server = try authority.server()
        client.applicationProtocols = ["h3"]
        server.applicationProtocols = ["h2"]
        let pair = try EnginePair(client: client, server: server)
        let refusal = pair.outcome()
        try pair.client.feed(pair.server.takeOutput(by: ReceiveRoom()))
        let told = #expect(throws: TLSError.self) { _ = try pair.client.handshake() }

        #expect(refusal?.side == "server")
        #expect(refusal?.error.code == .noCommonProtocol)
        #expect(told?.code == .noCommonProtocol)
        #expect(told?.alert == 120)
    }

    @Test func `shows the peer's certificate`() throws {
        let identity = try authority.sign(
            "The Server", names: "DNS:server.test,DNS:*.b.test,IP:127.0.0.1"
        ).identity()
        let pair = try EnginePair(client: authority.client(), server: .server(identity: identity))
        try pair.shake()
        let certificate = pair.client.peerCertificate

        #expect(certificate?.subject == "CN=The Server")
        #expect(certificate?.hosts == ["server.test", "*.b.test"])
        #expect(certificate?.addresses == [[127, 0, 0, 1]])
        #expect(certificate?.bytes.first == 0x30)
        #expect(pair.server.peerCertificate == nil)
    }

    @Test func `leaves out names that no host has`() throws {
        let forged = authority.sign("x\ny", rawName: Array("server.test\0.other.test".utf8))
        var careless = authority.client()
        careless.verification = .insecureNone
        let pair = try EnginePair(
            client: careless, server: .server(identity: forged.identity()))
        try pair.shake()

        #expect(pair.client.peerCertificate?.hosts == [])
        #expect(pair.client.peerCertificate?.subject == "CN=x\\0Ay")
    }
}
