// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTLS
import GeventTestSupport
import Testing

@Suite struct NamesTests {
    private let authority = Authority()

    private func identity(_ name: String) throws -> TLSIdentity {
        // The subject says which one it is; each is good for every name.
        try authority.sign(
            name, names: "DNS:a.test,DNS:x.b.test,DNS:b.test,DNS:x.y.b.test,DNS:c.test"
        ).identity()
    }

    private func shown(for host: String, by server: TLSConfiguration) throws -> String? {
        try onHub {
            let pair = try Wires()
            let client = try TLSStream(
                client: pair.client, host: host, context: TLSContext(authority.client()))
            let end = try TLSStream(server: pair.server, context: TLSContext(server))
            let other = spawn {
                try end.handshake()
                #expect(end.serverName == host)
            }
            try client.handshake()
            try other.get()
            defer { client.close() }
            return client.peerCertificate?.subject
        }
    }

    @Test(
        arguments: [
            ("a.test", "CN=exact"), ("x.b.test", "CN=star"), ("b.test", "CN=default"),
            ("x.y.b.test", "CN=default"), ("c.test", "CN=default"),
        ])
    func `choose the certificate`(host: String, expected: String) throws {
        var server = TLSConfiguration.server(identity: try identity("default"))
        server.namedIdentities = [
            "A.test": try identity("exact"), "*.b.test": try identity("star"),
        ]

        #expect(try shown(for: host, by: server) == expected)
    }

    @Test func `may be looked up by a function that waits`() throws {
        let chosen = try identity("chosen")
        var server = TLSConfiguration.server(identity: try identity("default"))
        server.identityChoice = { name in
            try sleep(.milliseconds(1))
            return name == "a.test" ? chosen : nil
        }

        #expect(try shown(for: "a.test", by: server) == "CN=chosen")
        #expect(try shown(for: "b.test", by: server) == "CN=default")
    }

    @Test func `end the handshake if the function throws`() throws {
        struct Unknown: Error {}
        var server = TLSConfiguration.server(identity: try identity("default"))
        server.identityChoice = { _ in throw Unknown() }
        let configuration = server
        let authority = authority
        let error = try onHub {
            let pair = try StreamPair(
                client: TLSContext(authority.client()), server: TLSContext(configuration),
                shakes: false)
            defer { pair.close() }
            let client = spawn { try pair.client.handshake() }
            let error = errorOf { try pair.server.handshake() }
            pair.server.close()
            _ = try? client.get()
            return error
        }

        #expect(error is Unknown)
    }

    @Test(arguments: ["a b.test", "*.*.test", "a.*.test", "127.0.0.1", "*", ""])
    func `are refused where no client can ask for them`(name: String) throws {
        var server = try authority.server()
        server.namedIdentities = [name: try identity("x")]
        let configuration = server

        #expect(codeOf { _ = try TLSContext(configuration) } == .invalidName)
    }
}
