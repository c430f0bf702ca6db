// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct DatagramServerTests {
    private static func answering(
        _ bytes: [UInt8], _ sender: SocketAddress, _ server: DatagramServer
    ) throws {
        try server.sendTo(bytes.reversed(), sender)
    }

    private static func ask(_ server: BaseServer, _ bytes: [UInt8]) throws -> [UInt8] {
        let client = try UDPSocket(on: .loopback(port: 0))
        client.timeout = .seconds(10)
        try client.send(bytes, to: .loopback(port: server.port))
        return try client.receive().bytes
    }

    @Test(arguments: Mode.allCases)
    func `answers messages, the empty one too`(mode: Mode) throws {
        let answers = try onHub {
            let server = try DatagramServer("127.0.0.1:0", spawn: mode.spawn, Self.answering)
            try server.start()
            let answers = try [Self.ask(server, [1, 2, 3]), Self.ask(server, [])]
            try server.stop()
            return (answers, server.isClosed)
        }

        #expect(answers == ([[3, 2, 1], []], true))
    }

    @Test func `lets an inline handler put messages in a queue`() throws {
        let bytes = try onHub {
            let messages = Queue<[UInt8]>()
            let server = try DatagramServer(":0", spawn: .inline) { bytes, _, _ in
                try messages.putNowait(bytes)
            }
            try server.start()
            let client = try UDPSocket()
            try client.send([7], to: .loopback(port: server.port))
            defer { _ = try? server.stop() }
            return try messages.get()
        }

        #expect(bytes == [7])
    }

    @Test func `closes its socket after the handlers have answered`() throws {
        let seen = try onHub {
            let gate = Event()
            let server = try DatagramServer("127.0.0.1:0") { bytes, sender, server in
                try gate.wait()
                try server.sendTo(bytes, sender)
            }
            try server.start()
            let client = try UDPSocket(on: .loopback(port: 0))
            try client.send([9], to: .loopback(port: server.port))
            try server.untilServing(1)
            let stopping = spawn { try server.stop(timeout: nil) }
            try untilParked(stopping, in: "Greenlet.join")
            gate.set()
            let answer = try client.receive().bytes
            return (answer, try stopping.get(), server.isClosed)
        }

        #expect(seen == ([9], true, true))
    }

    @Test func `can be started again`() throws {
        let answers = try onHub {
            let server = try DatagramServer("127.0.0.1:0", Self.answering)
            return try (UInt8(0)..<2).map { round in
                try server.start()
                defer { _ = try? server.stop() }
                return try Self.ask(server, [round])
            }
        }

        #expect(answers == [[0], [1]])
    }

    @Test func `lets many handlers send at once`() throws {
        let count = try onHub {
            let server = try DatagramServer("127.0.0.1:0") { bytes, sender, server in
                for number in UInt8(0)..<5 { try server.sendTo(bytes + [number], sender) }
            }
            try server.start()
            let client = try UDPSocket(on: .loopback(port: 0))
            client.timeout = .seconds(10)
            for number in UInt8(0)..<10 {
                try client.send([number], to: .loopback(port: server.port))
            }
            var answers: Set<[UInt8]> = []
            while answers.count < 50 { answers.insert(try client.receive().bytes) }
            try server.stop()
            return answers.count
        }

        #expect(count == 50)
    }

    @Test func `has no Unix form`() throws {
        let name = try onHub {
            let server = try DatagramServer("unix:@x", Self.answering)
            return (errorOf { try server.start() } as? SystemError)?.name
        }

        #expect(name == "EOPNOTSUPP")
    }
}
