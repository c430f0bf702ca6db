// SPDX-License-Identifier: Apache-2.0
import CGeventTLS
import CGeventTLSTestProbes
import GeventCore
import GeventNet
import GeventTLS
import GeventTestSupport
import Testing

@Suite struct ResumptionTests {
    private let authority = Authority()

    // Talks once, and returns whether a session was resumed at both ends, and the next one.
    private static func talk(
        _ client: TLSContext, _ server: TLSContext, _ session: TLSSession?
    ) throws -> (isReused: [Bool], next: TLSSession?) {
        let pair = try StreamPair(client: client, server: server, session: session)
        defer { pair.close() }
        try pair.server.write("x")
        _ = try pair.client.readExactly(1)
        return (
            [pair.client.isSessionReused, pair.server.isSessionReused], pair.client.session
        )
    }

    @Test(arguments: [0x0303, 0x0304])
    func `makes the next handshake a shorter one`(version: Int32) throws {
        let authority = authority
        let reused = try onHub {
            let client = try TLSContext(authority.client())
            let server = try TLSContext(authority.server())
            if version == 0x0303 { unsafe gv_tls_test_speak_1_2(server.handle.pointee.handle) }
            let first = try Self.talk(client, server, nil)
            let second = try Self.talk(client, server, first.next)
            let third = try Self.talk(client, server, second.next ?? first.next)
            return first.isReused + second.isReused + third.isReused
        }

        #expect(reused == [false, false, true, true, true, true])
    }

    @Test func `keeps the certificate of the client`() throws {
        let authority = authority
        let subjects = try onHub {
            var mutual = try authority.server()
            mutual.clientCertificates = .required
            mutual.trust = [.pem(authority.root.certificate)]
            let server = try TLSContext(mutual)
            var known = authority.client()
            known.identity = try authority.sign("a client").identity()
            let client = try TLSContext(known)
            var session: TLSSession?
            return try (0..<2).map { _ in
                let pair = try StreamPair(client: client, server: server, session: session)
                defer { pair.close() }
                try pair.server.write("x")
                _ = try pair.client.readExactly(1)
                session = pair.client.session
                return
                    "\(pair.server.isSessionReused) \(pair.server.peerCertificate?.subject ?? "")"
            }
        }

        #expect(subjects == ["false CN=a client", "true CN=a client"])
    }

    @Test func `is not used for another host or by other rules`() throws {
        let authority = authority
        let reused = try onHub {
            let client = try TLSContext(authority.client())
            let server = try TLSContext(authority.server())
            let session = try Self.talk(client, server, nil).next
            let stricter = try TLSContext(authority.client())
            let other = try Self.talk(stricter, server, session).isReused

            let engine = try TLSEngine(client: client, host: "other.test", session: session)
            let pair = EnginePair(client: engine, server: try TLSEngine(server: server))
            return (session != nil, other, pair.outcome()?.error.code)
        }

        #expect(reused.0)
        #expect(reused.1 == [false, false])
        #expect(reused.2 == .hostnameMismatch)
    }

    @Test func `is refused by a server that has other keys`() throws {
        let authority = authority
        let reused = try onHub {
            let client = try TLSContext(authority.client())
            let session = try Self.talk(client, TLSContext(authority.server()), nil).next
            return try Self.talk(client, TLSContext(authority.server()), session).isReused
        }

        #expect(reused == [false, false])
    }
}
