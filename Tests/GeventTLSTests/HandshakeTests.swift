// SPDX-License-Identifier: Apache-2.0
import CGeventTLSTestProbes
import GeventCore
import GeventNet
import GeventSystem
import GeventTLS
import GeventTestSupport
import Testing

@Suite struct HandshakeTests {
    private static func server() throws -> (TLSStream, Wires) {
        let wires = try Wires()
        let context = try TLSContext(Authority().server())
        return (try TLSStream(server: wires.server, context: context), wires)
    }

    @Test(
        arguments: [
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "SSH-2.0-OpenSSH_9.9\r\n",
            "CONNECT a:1 HTTP/1.1\r\n",
            "\0\0\0\0\0\0\0\0\0\0\0\0",
        ])
    func `says that a client speaks something else`(text: String) throws {
        let code = try onHub {
            let (server, wires) = try Self.server()
            defer { server.close() }
            try wires.client.write(text)
            let code = codeOf { _ = try server.read() }
            wires.client.close()
            return code
        }

        #expect(code == .notTLS)
    }

    @Test func `says that a server speaks something else`() throws {
        let code = try onHub {
            let wires = try Wires()
            let client = try TLSStream(
                client: wires.client, host: "server.test", context: TLSContext(.client()))
            defer { client.close() }
            try wires.server.write("220 mail.test ESMTP\r\n")
            return codeOf { try client.handshake() }
        }

        #expect(code == .notTLS)
    }

    @Test func `never takes for plain text what came before the handshake`() throws {
        let outcomes = try onHub {
            try [true, false].map { isReset in
                let (server, wires) = try Self.server()
                defer { server.close() }
                try wires.client.write("forged request\n")
                // What is closed with bytes unread is reset by the kernel.
                if isReset { try wires.server.write("unread") }
                wires.client.close()
                return errorOf { _ = try server.readLine() } != nil
            }
        }

        #expect(outcomes == [true, true])
    }

    @Test func `gives up on a client that sends its hello bit by bit`() throws {
        let outcome = try onHub {
            let wires = try Wires()
            let authority = Authority()
            var configuration = try authority.server()
            configuration.handshakeTimeout = .milliseconds(60)
            let server = try TLSStream(
                server: wires.server, context: TLSContext(configuration))
            let engine = try TLSEngine(
                client: TLSContext(authority.client()), host: "server.test")
            _ = try engine.handshake()
            let hello = engine.takeOutput(by: ReceiveRoom())
            let dripping = spawn {
                for byte in hello {
                    try wires.client.write([byte])
                    try sleep(.milliseconds(5))
                }
            }
            let error = errorOf { try server.handshake() } as? SocketTimeoutError
            let later = codeOf { _ = try server.read() }
            server.close()
            kill(dripping)
            return (error, later)
        }

        #expect(
            outcome.0 == SocketTimeoutError(operation: "handshake", duration: .milliseconds(60)))
        #expect(outcome.1 == .interrupted)
    }

    @Test func `takes a hello that comes bit by bit in time`() throws {
        let text = try onHub {
            let wires = try Wires()
            let authority = Authority()
            let server = try TLSStream(
                server: wires.server, context: TLSContext(authority.server()))
            let engine = try TLSEngine(
                client: TLSContext(authority.client()), host: "server.test")
            let greeter = spawn { try server.write("hi") }
            while try engine.handshake() != .done {
                for byte in engine.takeOutput(by: ReceiveRoom()) {
                    try wires.client.write([byte])
                    try sleep(.zero)
                }
                try engine.feed(wires.client.read())
            }
            try wires.client.write(engine.takeOutput(by: ReceiveRoom()))
            try greeter.get()
            while true {
                let plain = try engine.read(upTo: 100, by: ReceiveRoom())
                if plain.step == .done { return plain.bytes }
                try engine.feed(wires.client.read())
            }
        }

        #expect(text == Array("hi".utf8))
    }

    @Test func `calls a connection that ends in the handshake cut`() throws {
        let code = try onHub {
            let (server, wires) = try Self.server()
            defer { server.close() }
            wires.client.close()
            return codeOf { try server.handshake() }
        }

        #expect(code == .truncated)
    }

    @Test func `tells both sides why there is no handshake`() throws {
        let codes = try onHub {
            let stranger = try TLSContext(Authority("Another One").client())
            let server = try TLSContext(Authority().server())
            let pair = try StreamPair(client: stranger, server: server, shakes: false)
            defer { pair.close() }
            let other = spawn { try pair.server.handshake() }
            let code = codeOf { try pair.client.handshake() }
            let told = errorOf { try other.get() } as? TLSError
            return (code, told?.code, told?.alert)
        }

        #expect(codes.0 == .unknownAuthority)
        #expect(codes.1 == .peerAlert)
        #expect(codes.2 == 48)
    }

    @Test func `can be killed, and is over then`() throws {
        let code = try onHub {
            let (server, wires) = try Self.server()
            defer { wires.client.close() }
            let waiting = spawn { try server.handshake() }
            try untilParked(waiting, in: "read")
            kill(waiting)
            let code = codeOf { try server.handshake() }
            server.close()
            return code
        }

        #expect(code == .interrupted)
    }
}
