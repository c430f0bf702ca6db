// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventTLS
import GeventTestSupport
import Testing

@Suite struct ServingTests {
    /// Accepts connections and answers each line, until its listener closes.
    private static func serve(_ listener: TCPListener, _ context: ReloadableTLSContext) throws {
        while true {
            let connection = try listener.accept()
            spawn {
                let stream = try TLSStream(server: connection, context: context.current)
                defer { stream.close() }
                while let line = try stream.readLine() { try stream.write("\(line)\n") }
            }
        }
    }

    @Test func `takes new certificates while it runs, and drops nobody`() throws {
        let outcome = try onHub {
            let authority = Authority()
            let context = ReloadableTLSContext(try TLSContext(authority.server()))
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            let server = spawn { try Self.serve(listener, context) }
            let client = try TLSContext(authority.client())
            var subjects: Set<String> = []

            func connect() throws -> TLSStream {
                let stream = try TLSStream(
                    client: TCPStream(to: listener.address), host: "server.test", context: client)
                try stream.handshake()
                return stream
            }
            let old = try connect()
            let talkers = (0..<8).map { _ in
                spawn {
                    for _ in 0..<5 {
                        let stream = try connect()
                        defer { stream.close() }
                        subjects.insert(stream.peerCertificate?.subject ?? "none")
                        try stream.write("ping\n")
                        guard try stream.readLine() == "ping" else { throw UnexpectedAnswer() }
                    }
                }
            }
            for round in 0..<5 {
                let identity = try authority.sign(
                    "round \(round)", names: "DNS:server.test"
                ).identity()
                context.replace(by: try TLSContext(.server(identity: identity)))
                try sleep(.milliseconds(2))
            }
            for talker in talkers { try talker.get() }
            let new = try connect()
            try old.write("still here\n")
            let answer = try old.readLine()
            let newest = new.peerCertificate?.subject
            new.close()
            old.close()
            listener.close()
            _ = try? server.get()
            return (answer, newest, subjects.contains("none"))
        }

        #expect(outcome.0 == "still here")
        #expect(outcome.1 == "CN=round 4")
        #expect(!outcome.2)
    }

    @Test func `connects by name or address`() throws {
        let outcome = try onHub {
            let authority = Authority()
            let identity = try authority.sign("x", names: "IP:127.0.0.1").identity()
            let context = ReloadableTLSContext(try TLSContext(.server(identity: identity)))
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            let server = spawn { try Self.serve(listener, context) }
            let stream = try TLSStream.connect(
                host: "127.0.0.1", port: listener.port, configuration: authority.client(),
                timeout: .seconds(10))
            try stream.write("hello\n")
            let answer = try stream.readLine()
            let timeout = stream.timeout
            stream.close()
            // The system's authorities know nothing of this one.
            let code = codeOf { _ = try TLSStream.connect(host: "127.0.0.1", port: listener.port) }
            listener.close()
            _ = try? server.get()
            return (answer, timeout, code)
        }

        #expect(outcome.0 == "hello")
        #expect(outcome.1 == nil)
        #expect(outcome.2 == .unknownAuthority)
    }
}

private struct UnexpectedAnswer: Error {}
