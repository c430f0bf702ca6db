// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventTLS
import GeventTestSupport
import Testing

@Suite struct ThreadTests {
    @Test(.tags(.slow)) func `hubs share contexts, sessions and certificates`() throws {
        let authority = Authority()
        let client = try TLSContext(authority.client())
        let server = ReloadableTLSContext(try TLSContext(authority.server()))
        let first = try onHub {
            let pair = try StreamPair(client: client, server: server.current)
            defer { pair.close() }
            try pair.server.write("x")
            _ = try pair.client.readExactly(1)
            return pair.client.session
        }
        let session = try #require(first)

        let threads = try (0..<4).map { _ in
            try Elsewhere {
                for round in 0..<20 {
                    let pair = try StreamPair(
                        client: client, server: server.current, session: session)
                    try pair.client.write("round \(round)\n")
                    #expect(try pair.server.readLine() == "round \(round)")
                    pair.close()
                }
                Hub.current.close()
            }
        }
        for _ in 0..<5 { server.replace(by: try TLSContext(authority.server())) }
        for thread in threads { try thread.get() }
    }

    @Test func `a handshake fits on a small stack`() throws {
        let line = try onHub {
            let pair = try StreamPair(shakes: false)
            defer { pair.close() }
            let ends = [
                spawn(stackSize: 64 * 1024) { try pair.client.handshake() },
                spawn(stackSize: 64 * 1024) { try pair.server.handshake() },
            ]
            for end in ends { try end.get() }
            try pair.client.write("done\n")
            return try pair.server.readLine()
        }

        #expect(line == "done")
    }
}
