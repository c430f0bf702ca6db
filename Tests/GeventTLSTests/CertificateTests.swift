// SPDX-License-Identifier: Apache-2.0
import GeventTLS
import Testing

@Suite struct CertificateTests {
    private let authority = Authority()

    private func refusal(
        of certificate: MadeCertificate, host: String = "server.test"
    ) throws -> TLSError.Code? {
        let pair = try EnginePair(
            client: authority.client(), server: .server(identity: certificate.identity()),
            host: host)
        let refusal = pair.outcome()
        if let refusal, refusal.side != "client" { throw refusal }
        return refusal?.error.code
    }

    @Test func `takes the right one`() throws {
        let right = authority.sign("server.test", names: "DNS:server.test")

        #expect(try refusal(of: right) == nil)
        #expect(try refusal(of: right, host: "SERVER.Test.") == nil)
    }

    @Test func `refuses an expired one`() throws {
        let old = authority.sign("x", names: "DNS:server.test", valid: -7200...(-3600))

        #expect(try refusal(of: old) == .certificateExpired)
    }

    @Test func `refuses one that is not valid yet`() throws {
        let young = authority.sign("x", names: "DNS:server.test", valid: 3600...7200)

        #expect(try refusal(of: young) == .certificateNotYetValid)
    }

    @Test func `refuses one that is signed by itself`() throws {
        let own = MadeCertificate("server.test", names: "DNS:server.test")

        #expect(try refusal(of: own) == .selfSigned)
    }

    @Test(arguments: ["The Authority", "Another One"])
    func `refuses one of an unknown authority`(name: String) throws {
        let other = Authority(name).sign("server.test", names: "DNS:server.test")

        #expect(try refusal(of: other) == .unknownAuthority)
    }

    @Test(
        arguments: [
            ("DNS:other.test", "server.test"),
            ("DNS:server.test", "a.server.test"),
            ("DNS:*.test", "server.test"),
            ("DNS:*.*.test", "a.server.test"),
            ("DNS:a.*.test", "a.server.test"),
            ("DNS:s*r.server.test", "sour.server.test"),
            ("DNS:*.server.test", "server.test"),
            ("DNS:*.server.test", "a.b.server.test"),
            ("DNS:127.0.0.1", "127.0.0.1"),
            ("IP:127.0.0.1", "127.0.0.2"),
            ("IP:127.0.0.1", "server.test"),
            ("email:a@server.test", "server.test"),
        ])
    func `refuses one for another host`(names: String, host: String) throws {
        let wrong = authority.sign("x", names: names)

        #expect(try refusal(of: wrong, host: host) == .hostnameMismatch)
    }

    @Test(
        arguments: [
            ("DNS:*.server.test", "a.server.test"),
            ("IP:127.0.0.1", "127.0.0.1"),
            ("IP:::1", "::1"),
            ("DNS:other.test,DNS:server.test", "server.test"),
            ("DNS:xn--bcher-kva.test", "xn--bcher-kva.test"),
        ])
    func `takes one for this host`(names: String, host: String) throws {
        let right = authority.sign("x", names: names)

        #expect(try refusal(of: right, host: host) == nil)
    }

    @Test func `refuses a name behind a zero byte`() throws {
        let forged = authority.sign("x", rawName: Array("server.test\0.other.test".utf8))

        #expect(try refusal(of: forged) == .hostnameMismatch)
    }

    @Test func `does not look at the common name`() throws {
        let nameless = authority.sign("server.test")

        #expect(try refusal(of: nameless) == .hostnameMismatch)
    }

    @Test(arguments: ["", "a..b", "büch.test", "a b", "server.test\0.x", "[::1]", ".test"])
    func `refuses what is no name`(host: String) throws {
        let context = try TLSContext(authority.client())
        let error = #expect(throws: TLSError.self) {
            _ = try TLSEngine(client: context, host: host)
        }

        #expect(error?.code == .invalidName)
    }

    @Test func `says in words what is wrong`() throws {
        let old = authority.sign("x", names: "DNS:server.test", valid: -7200...(-3600))
        let pair = try EnginePair(
            client: authority.client(), server: .server(identity: old.identity()))
        let text = pair.outcome()?.error.description ?? ""

        #expect(
            text
                == "the certificate has expired: certificate verify failed; certificate has expired"
        )
    }

    @Test func `is verified unless somebody says otherwise in so many words`() throws {
        let own = MadeCertificate("x", names: "DNS:other.test")
        var careless = authority.client()
        careless.verification = .insecureNone
        let pair = try EnginePair(client: careless, server: .server(identity: own.identity()))

        #expect(pair.outcome() == nil)

        careless.verification = .insecureAnyName
        let strict = try EnginePair(client: careless, server: .server(identity: own.identity()))
        #expect(strict.outcome()?.error.code == .selfSigned)

        let signed = authority.sign("x", names: "DNS:other.test")
        let any = try EnginePair(client: careless, server: .server(identity: signed.identity()))
        #expect(any.outcome() == nil)
    }
}
