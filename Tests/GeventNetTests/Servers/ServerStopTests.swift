// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct ServerStopTests {
    @Test(arguments: Mode.allCases)
    func `waits for handlers, and closes the socket before`(mode: Mode) throws {
        let seen = try onHub(.inOrder) {
            let server = try StreamServer("127.0.0.1:0", spawn: mode.spawn, echo)
            try server.start()
            let port = server.port
            let client = try server.client()
            try server.untilServing(1)
            let stopping = spawn { try server.stop(timeout: nil) }
            try untilParked(stopping, in: "Greenlet.join")
            let isRefused = server.refuses(port)
            try client.write("still here\n")
            let line = try client.readLine()
            let isWaiting = !stopping.isReady
            client.close()
            return (isRefused, line, isWaiting, try stopping.get(), server.connectionCount)
        }

        #expect(seen == (true, "still here", true, true, 0))
    }

    @Test(arguments: Mode.allCases)
    func `kills handlers when the time is up`(mode: Mode) throws {
        let seen = try onHub(.inOrder) {
            let server = try StreamServer("127.0.0.1:0", spawn: mode.spawn, echo)
            try server.start()
            let client = try server.client()
            try server.untilServing(1)
            let isOver = try server.stop(timeout: .milliseconds(1))
            return (isOver, try client.read().isEmpty, server.connectionCount)
        }

        #expect(seen == (true, true, 0))
    }

    @Test(.tags(.slow)) func `says so if a handler does not end`() throws {
        let seen = try onHub(.inOrder) {
            let gate = Event()
            let server = try StreamServer("127.0.0.1:0") { _, _ in
                _ = try shielded { try gate.wait() }
            }
            try server.start()
            let client = try server.client()
            try server.untilServing(1)
            let isOver = try server.stop(timeout: .zero)
            let left = server.connectionCount
            gate.set()
            client.close()
            return (isOver, left, try server.stop())
        }

        #expect(seen == (false, 1, true))
    }

    @Test func `may be stopped by a handler, which goes on`() throws {
        let seen = try onHub {
            let server = try StreamServer("127.0.0.1:0") { _, _ in }
            var stopper: (() throws -> Bool)?
            let other = try StreamServer("127.0.0.1:0") { stream, _ in
                guard let stopper else { return }
                try stream.write("\(try stopper()) and still here\n")
            }
            stopper = { try other.stop() }
            defer { stopper = nil }
            try other.start()
            let line = try other.client().readLine()
            return (line, other.isStarted, server.isStarted)
        }

        #expect(seen == ("true and still here", false, false))
    }

    @Test func `lets handlers go on when it is only closed`() throws {
        let line = try onHub {
            let server = try StreamServer("127.0.0.1:0", echo)
            try server.start()
            let port = server.port
            let client = try server.client()
            try server.untilServing(1)
            try server.close()
            #expect(server.isClosed && server.refuses(port))
            try client.write("going on\n")
            return try client.readLine()
        }

        #expect(line == "going on")
    }

    @Test func `kills the handlers when whoever stops it is struck`() throws {
        let seen = try onHub {
            let server = try StreamServer("127.0.0.1:0", echo)
            try server.start()
            let client = try server.client()
            try server.untilServing(1)
            let stopping = spawn { try server.stop(timeout: nil) }
            try untilParked(stopping, in: "Greenlet.join")
            try stopping.kill()
            return (stopping.isKilled, try client.read().isEmpty)
        }

        #expect(seen == (true, true))
    }

    @Test func `serves forever until it is stopped`() throws {
        let seen = try onHub {
            let server = try StreamServer("127.0.0.1:0", echo)
            let serving = spawn { try server.serveForever() }
            while !server.isStarted { try untilPolled() }
            let client = try server.client()
            try server.untilServing(1)
            let stopping = spawn { try server.stop(timeout: nil) }
            try untilParked(stopping, in: "Greenlet.join")
            for _ in 0..<3 { try untilPolled() }
            // It leaves the handlers the time that the one who stops gives them.
            let isServing = !serving.isReady && server.connectionCount == 1
            client.close()
            try serving.get()
            return (isServing, try stopping.get())
        }

        #expect(seen == (true, true))
    }

    @Test func `stops when the greenlet that serves forever is killed`() throws {
        let seen = try onHub {
            let server = try StreamServer("127.0.0.1:0", echo)
            let serving = spawn { try server.serveForever(stopTimeout: .zero) }
            while !server.isStarted { try untilPolled() }
            let port = server.port
            let client = try server.client()
            try server.untilServing(1)
            try serving.kill()
            return (serving.isKilled, server.isStarted, server.refuses(port), try client.read())
        }

        #expect(seen == (true, false, true, []))
    }

    @Test func `stops when the time of the one who serves forever is up`() throws {
        let seen = try onHub {
            let server = try StreamServer("127.0.0.1:0", echo)
            let result = try withTimeout(.milliseconds(5), default: "time is up") {
                try server.serveForever()
                return "returned"
            }
            return (result, server.isStarted)
        }

        #expect(seen == ("time is up", false))
    }

    @Test func `ends when its listener is closed under it`() throws {
        let seen = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            let server = StreamServer(listener, echo)
            var lines: [String] = []
            server.log = { lines.append($0) }
            let serving = spawn { try server.serveForever() }
            while !server.isStarted { try untilPolled() }
            try untilPolled()
            listener.close()
            let error = errorOf { try serving.get() } as? SystemError
            return (error?.name, server.isStarted, lines.count, lines.first ?? "")
        }

        #expect(seen.0 == "EBADF")
        #expect(!seen.1)
        #expect(seen.2 == 1 && seen.3.contains("ends: "))
    }
}
