// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct ServerHandlerTests {
    private struct Broken: Error {}

    @Test(arguments: Mode.allCases)
    func `reports a handler that fails, closes its connection and goes on`(mode: Mode) throws {
        let seen = try onHub {
            var failures: [Failure] = []
            Hub.current.errorHandler = { failures.append($0) }
            let server = try StreamServer("127.0.0.1:0", spawn: mode.spawn) { stream, address in
                if try stream.readLine(limit: 10) == "fail" { throw Broken() }
                try stream.write("fine\n")
            }
            try server.start()
            let client = try server.client()
            let peer = client.localAddress?.description ?? "nobody"
            try client.write("fail\n")
            let end = try client.read()
            try server.untilServing(0)
            let next = try server.answer(to: "work")
            try server.stop()
            let isNamed = failures.first?.context.contains(peer) == true
            return (end.isEmpty, next, failures.count, failures.first?.error is Broken, isNamed)
        }

        #expect(seen.0)
        #expect(seen.1 == "fine")
        #expect(seen.2 == 1)
        #expect(seen.3)
        // Whoever spawns in his own way names in his own way.
        #expect(seen.4 || mode == .custom)
    }

    @Test func `closes the connection of a handler that is killed, also before it began`() throws {
        let seen = try onHub {
            let pool = Pool()
            let server = try StreamServer("127.0.0.1:0", spawn: .pool(pool), echo)
            try server.start()
            let client = try server.client()
            try server.untilServing(1)
            try pool.kill()
            let running = try client.read().isEmpty
            // Those of other tests, which serve at the same time, are left alone.
            let mine = ObjectIdentifier(Hub.current)
            let token = AnyGreenlet.addSpawnCallback { greenlet in
                guard Hub.currentIfExists.map(ObjectIdentifier.init) == mine else { return }
                if greenlet.name.contains(" serves ") { kill(greenlet) }
            }
            let early = try server.client()
            let unborn = try early.read().isEmpty
            AnyGreenlet.removeSpawnCallback(token)
            try server.stop()
            return (running, unborn)
        }

        #expect(seen == (true, true))
    }

    @Test func `lets others be served while some handlers hang for ever`() throws {
        let seen = try onHub {
            let server = try StreamServer("127.0.0.1:0") { stream, _ in
                guard let line = try stream.readLine(limit: 100) else { return }
                if line == "hang" { try Event().wait() }
                try stream.write(line + "\n")
            }
            try server.start()
            let hanging = try (0..<20).map { _ in
                let client = try server.client()
                try client.write("hang\n")
                return client
            }
            try server.untilServing(20)
            let clients = (0..<80).map { number in
                spawn { try server.answer(to: "\(number)") == "\(number)" }
            }
            try joinAll(clients)
            try server.untilServing(20)
            let reasons = Hub.current.greenlets.filter { $0.name.contains(" serves ") }
                .map(\.waitReason)
            let isOver = try server.stop(timeout: .zero)
            withExtendedLifetime(hanging) {}
            return (clients.filter { $0.value == true }.count, reasons, isOver)
        }

        #expect(seen.0 == 80)
        #expect(seen.1.count == 20 && seen.1.allSatisfy { $0.hasPrefix("Event.wait") })
        #expect(seen.2)
    }

    @Test func `does not accept more than the pool has room for`() throws {
        let seen = try onHub {
            let server = try StreamServer("127.0.0.1:0", spawn: .count(2), echo)
            try server.start()
            return try Self.crowd(server)
        }

        #expect(seen == (2, true, "third"))
    }

    @Test func `does not accept more than its cap`() throws {
        let seen = try onHub {
            let server = try StreamServer("127.0.0.1:0", maxConnections: 2, echo)
            try server.start()
            return try Self.crowd(server)
        }

        #expect(seen == (2, true, "third"))
    }

    @Test func `takes nobody's place in a pool that others use too`() throws {
        let seen = try onHub {
            let pool = Pool(1)
            let server = try StreamServer("127.0.0.1:0", spawn: .pool(pool), echo)
            try server.start()
            let gate = Event()
            // The server waits for a connection and not for room, when the pool fills up.
            try untilPolled()
            try pool.spawn { try gate.wait() }
            let client = try server.client()
            try client.write("later\n")
            for _ in 0..<3 { try untilPolled() }
            let meanwhile = (server.connectionCount, server.isFull)
            gate.set()
            let line = try client.readLine()
            client.close()
            try server.stop()
            return (meanwhile, line)
        }

        #expect(seen.0 == (0, true))
        #expect(seen.1 == "later")
    }

    /// What becomes of a third connection where there is room for two.
    private static func crowd(_ server: StreamServer) throws -> (Int, Bool, String?) {
        let first = try server.client()
        let second = try server.client()
        try server.untilServing(2)
        let third = try server.client()
        try third.write("third\n")
        for _ in 0..<3 { try untilPolled() }
        let (count, isFull) = (server.connectionCount, server.isFull)
        first.close()
        let line = try third.readLine()
        second.close()
        third.close()
        try server.stop()
        return (count, isFull, line)
    }
}
