// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct StrikingTests {
    @Test func `kills a reader, after which another may read`() throws {
        let outcome = try onHub {
            let ends = try Connected()
            var hasCleanedUp = false
            let reader = spawn {
                defer { hasCleanedUp = true }
                _ = try ends.client.read()
            }
            try untilParked(reader, in: "read")
            try reader.kill()
            try ends.server.write("for the next")
            let next = try ends.client.read()
            return [
                hasCleanedUp, reader.isKilled, next.count == 12,
                Scheduler.current.outsideWaits == 0,
            ]
        }

        #expect(outcome == [true, true, true, true])
    }

    @Test func `kills a writer`() throws {
        let outcome = try onHub {
            let ends = try Connected()
            let writer = spawn { try ends.client.write(flood) }
            try untilParked(writer, in: "write")
            try writer.kill()
            return [writer.isKilled, Scheduler.current.outsideWaits == 0]
        }

        #expect(outcome == [true, true])
    }

    @Test func `kills an accepter, and the next one gets the connection`() throws {
        let outcome = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            let accepter = spawn { try listener.accept().close() }
            try untilParked(accepter, in: "read")
            try accepter.kill()
            let client = try TCPStream(to: listener.address)
            try listener.accept().write("welcome")
            return [accepter.isKilled, try client.read().count == 7]
        }

        #expect(outcome == [true, true])
    }

    @Test func `kills who connects to a host that does not answer`() throws {
        let outcome = try onHub {
            let silent = try SilentHost()
            let waitsBefore = Scheduler.current.outsideWaits
            let connecter = spawn { try TCPStream(to: silent.address).close() }
            try untilParked(connecter, in: "write")
            try connecter.kill()
            return [connecter.isKilled, Scheduler.current.outsideWaits == waitsBefore]
        }

        #expect(outcome == [true, true])
    }

    @Test func `limits a read by the socket's own time, and reads on afterwards`() throws {
        let outcome = try onHub {
            let ends = try Connected()
            ends.client.timeout = .milliseconds(5)
            let error = errorOf { _ = try ends.client.read() } as? SocketTimeoutError
            ends.client.timeout = nil
            try ends.server.write("late")
            return (error, try ends.client.read().count)
        }

        #expect(outcome.0 == SocketTimeoutError(operation: "read", duration: .milliseconds(5)))
        #expect(outcome.1 == 4)
    }

    @Test func `limits a write, an accept and a connect`() throws {
        let errors = try onHub {
            let ends = try Connected()
            ends.client.timeout = .milliseconds(5)
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            listener.timeout = .milliseconds(5)
            let silent = try SilentHost()
            let port = silent.address.port ?? 0
            return [
                errorOf { try ends.client.write(flood) },
                errorOf { _ = try listener.accept() },
                errorOf {
                    _ = try connect(host: "127.0.0.1", port: port, timeout: .milliseconds(5))
                },
            ].map { $0 as? SocketTimeoutError }
        }

        #expect(errors.map(\.?.operation) == ["write", "accept", "connect"])
        #expect(errors.allSatisfy { $0?.duration == .milliseconds(5) })
    }

    @Test func `passes on a Timeout that was set further out`() throws {
        let isOuter = try onHub {
            let ends = try Connected()
            ends.client.timeout = .seconds(5)
            return errorOf { try withTimeout(.milliseconds(5)) { _ = try ends.client.read() } }
                is Timeout
        }

        #expect(isOuter)
    }

    @Test func `refuses a second reader and a second writer`() throws {
        let outcome = try onHub {
            let ends = try Connected()
            let reader = spawn { try ends.client.read() }
            let writer = spawn { try ends.client.write(flood) }
            try untilParked(reader, in: "read")
            try untilParked(writer, in: "write")
            let refused = [
                errorOf { _ = try ends.client.readLine() }, errorOf { try ends.client.write("x") },
            ]
            try ends.server.write("done")
            let read = try reader.get().count
            return (refused.map { $0 is ConcurrentObjectUseError }, read)
        }

        #expect(outcome.0 == [true, true])
        #expect(outcome.1 == 4)
    }
}
