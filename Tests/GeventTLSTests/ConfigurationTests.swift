// SPDX-License-Identifier: Apache-2.0
import GeventSystem
import GeventTLS
import Glibc
import Testing

@Suite struct ConfigurationTests {
    private let authority = Authority()

    private func refusal(
        of configuration: TLSConfiguration, _ change: (inout TLSConfiguration) -> Void
    ) -> TLSError.Code? {
        var configuration = configuration
        change(&configuration)
        return codeOf { _ = try TLSContext(configuration) }
    }

    @Test func `is refused where it contradicts itself`() throws {
        let server = try authority.server()
        let codes = [
            refusal(of: server) { $0.clientCertificates = .required },
            refusal(of: server) { $0.verification = .insecureNone },
            refusal(of: server) { $0.identity = nil },
            refusal(of: server) { $0.applicationProtocols = [""] },
            refusal(of: server) { $0.applicationProtocols = [String(repeating: "x", count: 256)] },
            refusal(of: .client()) { $0.clientCertificates = .requested },
            refusal(of: .client()) {
                $0.namedIdentities = ["a.test": server.identity].compactMapValues(\.self)
            },
        ]

        #expect(codes == Array(repeating: .invalidConfiguration, count: 7))
        #expect(refusal(of: server) { _ in } == nil)
        #expect(refusal(of: .client()) { _ in } == nil)
    }

    @Test func `names what cannot be read`() throws {
        let made = authority.sign("a", names: "DNS:a.test")
        let other = authority.sign("b", names: "DNS:b.test")
        let codes = [
            codeOf { _ = try TLSIdentity(certificates: [], key: made.key) },
            codeOf { _ = try TLSIdentity(certificates: made.certificate, key: []) },
            codeOf { _ = try TLSIdentity(certificates: made.certificate, key: Array("x".utf8)) },
            codeOf {
                let cut = made.certificate.dropLast(made.certificate.count / 2)
                _ = try TLSIdentity(certificates: Array(cut), key: made.key)
            },
            codeOf { _ = try TLSContext(.client(trust: [.pem("no certificate")])) },
        ]

        #expect(codes.dropLast() == Array(repeating: .unreadableCertificate, count: 4)[...])
        #expect(codes.last == .unreadableCertificate)
        #expect(
            codeOf { _ = try TLSIdentity(certificates: made.certificate, key: other.key) }
                == .keyMismatch)
    }

    @Test func `reads files, and names those that are not there`() throws {
        let made = authority.sign("a", names: "DNS:server.test")
        let path = "/tmp/gevent-tls-test-\(getpid()).pem"
        // SAFETY: the path and the bytes are lent for the calls.
        let file = unsafe try #require(fopen(path, "w"))
        let bytes = made.certificate + authority.root.certificate + made.key
        unsafe fwrite(bytes, 1, bytes.count, file)
        unsafe fclose(file)
        defer { unsafe unlink(path) }
        let identity = try TLSIdentity(certificateFile: path)
        let pair = try EnginePair(
            client: .client(trust: [.file(path)]), server: .server(identity: identity))

        #expect(pair.outcome() == nil)
        let missing = errorOf { _ = try TLSContext(.client(trust: [.file("/nowhere.pem")])) }
        #expect((missing as? SystemError)?.name == "ENOENT")
        #expect((missing as? SystemError)?.note == "/nowhere.pem")
    }

    @Test func `takes a protected key with its passphrase, and asks nobody for it`() throws {
        let made = authority.sign("a", names: "DNS:a.test")
        let protected = made.protectedKey(passphrase: "sesame")
        _ = try TLSIdentity(
            certificates: made.certificate, key: protected, passphrase: "sesame")

        for wrong in [nil, "open", ""] {
            #expect(
                codeOf {
                    _ = try TLSIdentity(
                        certificates: made.certificate, key: protected, passphrase: wrong)
                } == .unreadableCertificate)
        }
    }

    @Test func `traps where client and server are mixed up`() async {
        await #expect(processExitsWith: .failure) {
            _ = try TLSEngine(server: TLSContext(.client()))
        }
    }
}
