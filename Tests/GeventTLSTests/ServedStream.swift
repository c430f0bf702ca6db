// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTLS
import GeventTestSupport

/// Answers each line with the same line.
func echo(_ stream: TLSStream, _ address: SocketAddress) throws {
    while let line = try stream.readLine(limit: 1024) { try stream.write(line + "\n") }
}

extension BaseServer {
    /// A connection to it without TLS.
    func wire() throws -> TCPStream {
        let stream = try TCPStream(to: .loopback(port: port))
        stream.timeout = .seconds(10)
        return stream
    }

    /// A connection to it, after the handshake.
    func client(_ context: TLSContext) throws -> TLSStream {
        let stream = try TLSStream(client: wire(), host: "server.test", context: context)
        do { try stream.handshake() } catch {
            stream.close()
            throw error
        }
        return stream
    }

    /// What it answers to a line, on a connection of its own.
    func answer(to line: String, _ context: TLSContext) throws -> String? {
        let stream = try client(context)
        defer { stream.close() }
        try stream.write(line + "\n")
        return try stream.readLine()
    }

    /// Lets others run until so many connections are open.
    func untilServing(_ count: Int) throws {
        while connectionCount != count { try sleep(.milliseconds(1)) }
    }
}
