// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTLS
import GeventTestSupport
import Testing

@Suite struct StrikingTests {
    private static let flood = [UInt8](repeating: 1, count: 20_000_000)

    @Test func `a read that was struck leaves the stream as it was`() throws {
        let outcome = try onHub {
            let pair = try StreamPair()
            defer { pair.close() }
            let value = try withTimeout(.milliseconds(2), default: nil) {
                try pair.client.read() as [UInt8]?
            }
            let reader = spawn { try pair.client.read() }
            try untilParked(reader, in: "read")
            kill(reader)
            try reader.join()
            try pair.server.write("still\n")
            try pair.client.write("here\n")
            return (value, try pair.client.readLine(), try pair.server.readLine())
        }

        #expect(outcome.0 == nil)
        #expect(outcome.1 == "still")
        #expect(outcome.2 == "here")
    }

    @Test func `a write that was struck ends all writing, and reading goes on`() throws {
        let outcome = try onHub {
            let pair = try StreamPair()
            let writer = spawn { try pair.client.write(Self.flood) }
            try untilParked(writer, in: "write")
            kill(writer)
            try writer.join()
            let error = errorOf { try pair.client.write("x") } as? TLSError
            try pair.server.write("still\n")
            let line = try pair.client.readLine()
            pair.close()
            return (error?.code, error?.cause is GreenletExit, line)
        }

        #expect(outcome.0 == .interrupted)
        #expect(outcome.1)
        #expect(outcome.2 == "still")
    }

    @Test func `a handshake that fails fails for all who wait for it`() throws {
        let codes = try onHub {
            let pair = try StreamPair(
                client: TLSContext(Authority("Another One").client()),
                server: TLSContext(Authority().server()), shakes: false)
            let server = spawn { _ = errorOf { try pair.server.handshake() } }
            let uses = [
                spawn { codeOf { _ = try pair.client.read() } },
                spawn { codeOf { try pair.client.write("x") } },
            ]
            let codes = try uses.map { try $0.get() } + [codeOf { try pair.client.handshake() }]
            try server.get()
            pair.close()
            return codes
        }

        #expect(codes == Array(repeating: .unknownAuthority, count: 3))
    }

    @Test func `a handshake keeps to the limit of the stream if that is shorter`() throws {
        let error = try onHub {
            let wires = try Wires()
            let context = try TLSContext(Authority().server())
            let server = try TLSStream(server: wires.server, context: context)
            server.timeout = .milliseconds(3)
            let error = errorOf { _ = try server.read() } as? SocketTimeoutError
            server.close()
            wires.client.close()
            return (error, context.configuration.handshakeTimeout)
        }

        #expect(
            error.0 == SocketTimeoutError(operation: "handshake", duration: .milliseconds(3)))
        #expect(error.1 == .seconds(10))
    }

    @Test func `does not wait in a callback of the hub, and may be closed there`() throws {
        let outcome = try onHub {
            let pair = try StreamPair()
            // Bytes that are not read would make the kernel reset the connection.
            try pair.server.write("x")
            _ = try pair.client.readExactly(1)
            var error: (any Error)?
            Hub.current.runCallback {
                error = errorOf { _ = try pair.client.read() }
                pair.client.close()
            }
            // The callback has no greenlet that could say goodbye.
            let code = codeOf { _ = try pair.server.read() }
            pair.close()
            return (error is BlockingSwitchOutError, code)
        }

        #expect(outcome.0)
        #expect(outcome.1 == .truncated)
    }
}
