// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventTLS
import GeventTestSupport
import Testing

@Suite struct TransportTests {
    @Test func `works over a pair of Unix sockets`() throws {
        let line = try onHub {
            let authority = Authority()
            let ends = try UnixStream.pair()
            let client = try TLSStream(
                client: ends.0, host: "server.test", context: TLSContext(authority.client()))
            let server = try TLSStream(server: ends.1, context: TLSContext(authority.server()))
            return try exchange(client, server)
        }

        #expect(line == "hello!")
    }

    @Test func `works over TLS`() throws {
        let line = try onHub {
            let authority = Authority()
            let outer = try StreamPair()
            let client = try TLSStream(
                client: outer.client, host: "server.test", context: TLSContext(authority.client()))
            let server = try TLSStream(
                server: outer.server, context: TLSContext(authority.server()))
            return try exchange(client, server)
        }

        #expect(line == "hello!")
    }
}

/// What a greeting of the client's gets for an answer; both ends are closed then.
private func exchange(_ client: TLSStream, _ server: TLSStream) throws -> String? {
    let answer = spawn { try server.write("\(try server.readLine() ?? "")!\n") }
    try client.write("hello\n")
    let line = try client.readLine()
    try answer.get()
    client.close()
    server.close()
    return line
}
