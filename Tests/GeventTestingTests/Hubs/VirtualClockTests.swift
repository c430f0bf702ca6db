// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSync
import GeventSystem
import GeventTesting
import Testing

@Suite struct VirtualClockTests {
    @Test func `sleeps a day at once`() throws {
        let begin = ContinuousClock.now

        let slept = try TestHub().run {
            let start = Hub.current.now
            try sleep(.seconds(86_400))
            return Hub.current.now - start
        }

        #expect(slept == .seconds(86_400))
        #expect(ContinuousClock.now - begin < .seconds(3_600))
    }

    @Test func `strikes by each kind of time limit, in their order`() throws {
        let log = try TestHub().run {
            var log: [String] = []
            let never = Event()
            spawn {
                try? withTimeout(.seconds(30)) { _ = try never.wait() }
                log.append("withTimeout")
            }
            spawn {
                try? Timeout(.seconds(20)).guarding { _ = try never.wait() }
                log.append("Timeout")
            }
            spawn {
                _ = try never.wait(timeout: .seconds(10))
                log.append("wait")
            }
            spawn(after: .seconds(15)) { log.append("after") }
            try Hub.current.join()
            return log
        }

        #expect(log == ["wait", "after", "Timeout", "withTimeout"])
    }

    @Test func `stands still while greenlets run and yield`() throws {
        let (before, after) = try TestHub().run {
            let before = Hub.current.now
            try joinAll((0..<10).map { _ in spawn { for _ in 0..<100 { try sleep(.zero) } } })
            return (before, Hub.current.now)
        }

        #expect(before == after)
    }

    @Test func `lets those run who are ready before time jumps`() throws {
        let isIdle = try TestHub().run {
            var isIdle = false
            spawn {
                try idle()
                isIdle = true
            }
            try sleep(.nanoseconds(1))
            return isIdle
        }

        #expect(isIdle)
    }

    @Test func `does not jump over bytes that are under way`() throws {
        let answer = try TestHub().run {
            let (left, right) = try UnixStream.pair()
            left.timeout = .seconds(3_600)
            spawn {
                while let line = try right.readLine() { try right.write(line + "\n") }
            }
            try left.write("there\n")
            return try left.readLine()
        }

        #expect(answer == "there")
    }

    @Test func `jumps when descriptors have been quiet for a while`() throws {
        let error = TestHub(clock: .virtual(patience: .milliseconds(1))).error {
            let (left, right) = try UnixStream.pair()
            left.timeout = .seconds(3_600)
            defer { right.close() }
            _ = try left.readLine()
        }

        #expect(error is SocketTimeoutError)
    }

    @Test func `does not jump over what another thread does`() throws {
        let value = try TestHub().run {
            try withTimeout(.seconds(3_600)) {
                try Offload(name: "slow", limit: 1).run {
                    // A job of a few milliseconds, whatever the clock of the hub says.
                    let end = ContinuousClock.now + .milliseconds(5)
                    while ContinuousClock.now < end {}
                    return 7
                }
            }
        }

        #expect(value == 7)
    }

    @Test func `can be put forward`() throws {
        let (elapsed, hasFired) = try TestHub(order: .firstComeFirstServed).run {
            let start = Hub.current.now
            var hasFired = false
            spawn(after: .seconds(5)) { hasFired = true }
            try TestHub.advance(by: .seconds(6))
            try waitUntilAllParked()
            return (Hub.current.now - start, hasFired)
        }

        #expect(elapsed == .seconds(6) && hasFired)
    }

    @Test func `cannot be put forward where it is the real one`() throws {
        let error = TestHub(clock: .real).error { try TestHub.advance(by: .seconds(1)) }

        #expect(error is TimeIsReal)
    }

    @Test func `says that nothing is left, as the real one does`() throws {
        let error = TestHub().error { try Event().wait() }

        #expect(error is LoopExit)
    }
}

extension TestHub {
    /// What `body` throws.
    func error(_ body: @escaping @Sendable () throws -> Void) -> (any Error)? {
        do { try run(body) } catch { return error }
        return nil
    }
}
