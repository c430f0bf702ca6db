// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventTLS
import GeventTestSupport
import Testing

@Suite struct ServerCertificateTests {
    @Test func `gets the certificate of a server that nobody trusts, as it is`() throws {
        let seen = try onHub {
            Hub.current.errorHandler = { _ in }
            // Names of many lengths end the text in all the ways that there are.
            return try (1...3).map { length in
                let made = MadeCertificate(String(repeating: "n", count: length))
                let context = try TLSContext(.server(identity: made.identity()))
                let server = try StreamServer("127.0.0.1:0", tls: context, echo)
                try server.start()
                let certificate = try getServerCertificate(
                    host: "127.0.0.1", port: server.port, timeout: .seconds(10))
                try server.stop()
                return (Array(certificate.pem.utf8) == made.certificate, certificate.subject)
            }
        }

        #expect(seen.map(\.0) == [true, true, true])
        #expect(seen.map(\.1) == ["CN=n", "CN=nn", "CN=nnn"])
    }

    @Test func `verifies the certificate where it is told whom to trust`() throws {
        let seen = try onHub {
            Hub.current.errorHandler = { _ in }
            let authority = Authority()
            let identity = try authority.sign("x", names: "IP:127.0.0.1").identity()
            let server = try StreamServer(
                "127.0.0.1:0", tls: TLSContext(.server(identity: identity)), echo)
            try server.start()
            let good = try getServerCertificate(
                host: "127.0.0.1", port: server.port, trust: [.pem(authority.root.certificate)])
            let stranger = codeOf {
                _ = try getServerCertificate(
                    host: "127.0.0.1", port: server.port,
                    trust: [.pem(Authority().root.certificate)])
            }
            let other = codeOf {
                _ = try getServerCertificate(
                    host: "localhost", port: server.port,
                    trust: [.pem(authority.root.certificate)])
            }
            try server.stop()
            return (good.addresses, stranger, other)
        }

        #expect(seen.0 == [[127, 0, 0, 1]])
        #expect(seen.1 == .unknownAuthority)
        #expect(seen.2 == .hostnameMismatch)
    }
}
