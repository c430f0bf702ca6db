// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSync
import GeventSystem
import GeventTLS
import GeventTestSupport
import Testing

@Suite struct TLSServerTests {
    @Test func `serves from its start to its stop, however it is given its place`() throws {
        let answers = try onHub {
            let authority = Authority()
            let context = try TLSContext(authority.server())
            let client = try TLSContext(authority.client())
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            let detached = try TCPListener(host: "127.0.0.1", port: 0).detach()
            let servers = try [
                StreamServer("127.0.0.1:0", tls: context, echo),
                StreamServer(SocketAddress.loopback(port: 0), tls: context, spawn: .count(1), echo),
                StreamServer(listener, tls: ReloadableTLSContext(context), echo),
                StreamServer(attaching: detached, tls: context, echo),
            ]
            return try servers.map { server in
                try server.start()
                let answer = try server.answer(to: "hello", client)
                let isOver = try server.stop()
                return "\(answer ?? "nothing") \(isOver)"
            }
        }

        #expect(answers == Array(repeating: "hello true", count: 4))
    }

    @Test func `is not held up by clients that say nothing, and counts them`() throws {
        let seen = try onHub {
            var failures = 0
            Hub.current.errorHandler = { _ in failures += 1 }
            let authority = Authority()
            let client = try TLSContext(authority.client())
            let server = try StreamServer(
                "127.0.0.1:0", tls: TLSContext(authority.server()), echo)
            try server.start()
            let silent = try (0..<20).map { _ in try server.wire() }
            // A record that never ends.
            for wire in silent.prefix(10) { try wire.write([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]) }
            try server.untilServing(20)
            let answers = try (0..<3).map { try server.answer(to: "\($0)", client) }
            try server.untilServing(20)
            for wire in silent { wire.close() }
            try server.untilServing(0)
            try server.stop()
            return (answers, failures)
        }

        #expect(seen.0 == ["0", "1", "2"])
        #expect(seen.1 == 20)
    }

    @Test func `cuts off who does not finish the handshake in time, and makes room`() throws {
        let seen = try onHub {
            var failures: [Failure] = []
            Hub.current.errorHandler = { failures.append($0) }
            let authority = Authority()
            var configuration = try authority.server()
            configuration.handshakeTimeout = .milliseconds(50)
            let client = try TLSContext(authority.client())
            let server = try StreamServer(
                "127.0.0.1:0", tls: TLSContext(configuration), maxConnections: 1, echo)
            try server.start()
            let silent = try server.wire()
            try silent.write([0x16])
            try server.untilServing(1)
            let isFull = server.isFull
            // It waits in the backlog until the other one has been cut off. Should it be too slow
            // itself for once, it comes again.
            var answer: String?
            while answer == nil { answer = try? server.answer(to: "next", client) }
            let end = errorOf { _ = try silent.read() }
            try server.stop()
            let operation = (failures.first?.error as? SocketTimeoutError)?.operation
            return (isFull, answer, operation, end is SocketTimeoutError)
        }

        #expect(seen == (true, "next", "handshake", false))
    }

    @Test func `reports a handshake that fails in one line, and goes on`() throws {
        let seen = try onHub {
            var failures: [Failure] = []
            Hub.current.errorHandler = { failures.append($0) }
            var handled = 0
            let authority = Authority()
            let client = try TLSContext(authority.client())
            let server = try StreamServer("127.0.0.1:0", tls: TLSContext(authority.server())) {
                handled += 1
                try echo($0, $1)
            }
            try server.start()
            let plain = try server.wire()
            let peer = plain.localAddress?.description ?? "nobody"
            try plain.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try plain.read()
            plain.close()
            let stranger = codeOf { _ = try server.client(TLSContext(Authority().client())) }
            try server.wire().close()
            try server.untilServing(0)
            let before = handled
            let answer = try server.answer(to: "hello", client)
            try server.stop()
            return (peer, failures.map(\.description), stranger, before, answer)
        }

        #expect(seen.1.count == 3)
        #expect(seen.1.allSatisfy { $0.hasPrefix("the TLS handshake with ") && !$0.contains("\n") })
        #expect(seen.1.first?.contains(seen.0) == true)
        #expect(seen.1.first?.contains("the peer does not speak TLS") == true)
        #expect(seen.2 == .unknownAuthority)
        #expect(seen.3 == 0)
        #expect(seen.4 == "hello")
    }

    @Test func `stops in the middle of handshakes without a word`() throws {
        let seen = try onHub {
            var failures: [Failure] = []
            Hub.current.errorHandler = { failures.append($0) }
            let server = try StreamServer(
                "127.0.0.1:0", tls: TLSContext(Authority().server()), echo)
            try server.start()
            let wire = try server.wire()
            try server.untilServing(1)
            let isOver = try server.stop(timeout: .zero)
            let end = try wire.read().isEmpty
            return (isOver, end, failures.count)
        }

        #expect(seen == (true, true, 0))
    }

    @Test func `takes new certificates while connections run, and drops none`() throws {
        let seen = try onHub {
            let authority = Authority()
            let context = ReloadableTLSContext(try TLSContext(authority.server()))
            let client = try TLSContext(authority.client())
            let server = try StreamServer("127.0.0.1:0", tls: context, echo)
            try server.start()
            let rounds = 5
            var swaps = 0
            let old = try (0..<4).map { _ in
                let stream = try server.client(client)
                return spawn {
                    defer { stream.close() }
                    while true {
                        let line = "round \(swaps)"
                        try stream.write("\(line)\n")
                        guard try stream.readLine() == line else { return false }
                        if swaps == rounds { return true }
                    }
                }
            }
            var newest: [String?] = []
            for round in 1...rounds {
                let identity = try authority.sign("cert \(round)", names: "DNS:server.test")
                    .identity()
                context.replace(by: try TLSContext(.server(identity: identity)))
                swaps = round
                let stream = try server.client(client)
                newest.append(stream.peerCertificate?.subject)
                stream.close()
            }
            let survivors = try old.filter { try $0.get() }.count
            try server.stop()
            return (survivors, newest)
        }

        #expect(seen.0 == 4)
        #expect(seen.1 == (1...5).map { "CN=cert \($0)" })
    }

    @Test func `refuses to spawn inline`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = try onHub {
                let context = try TLSContext(Authority().server())
                return try StreamServer("127.0.0.1:0", tls: context, spawn: .inline, echo).isClosed
            }
        }

        let words = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(words.contains("cannot spawn inline"))
    }
}
