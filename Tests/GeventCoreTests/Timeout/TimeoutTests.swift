// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventLoop
import GeventTestSupport
import Testing

@Suite struct TimeoutTests {
    @Test func `throws itself where the greenlet waits`() throws {
        let (isSame, hasExpired) = try onHub {
            let timeout = Timeout(.milliseconds(1)).start()
            defer { timeout.close() }
            let error = errorOf { try sleep(.seconds(60)) }
            return (error as? Timeout === timeout, timeout.hasExpired)
        }

        #expect(isSame)
        #expect(hasExpired)
    }

    @Test func `is pending from its start until it ran out or was cancelled`() throws {
        let states = try onHub {
            let timeout = Timeout(.milliseconds(1))
            var states = [timeout.isPending]
            timeout.start()
            states.append(timeout.isPending)
            _ = errorOf { try sleep(.seconds(60)) }
            states.append(timeout.isPending)
            timeout.start()
            timeout.cancel()
            states.append(timeout.isPending)
            return states
        }

        #expect(states == [false, true, false, false])
    }

    @Test func `does not strike after it was cancelled`() throws {
        try onHub {
            let timeout = Timeout.startNew(.milliseconds(1))
            timeout.cancel()
            try sleep(.milliseconds(3))
        }
    }

    @Test func `can be started again`() throws {
        let strikes = try onHub {
            let timeout = Timeout(.milliseconds(1))
            return (0..<3).count { _ in
                errorOf { try timeout.guarding { try sleep(.seconds(60)) } } as? Timeout === timeout
            }
        }

        #expect(strikes == 3)
    }

    @Test func `throws an error of the caller's own in its place`() throws {
        let isSame = try onHub {
            let mistake = Mistake()
            let timeout = Timeout(.milliseconds(1), throwing: mistake).start()
            defer { timeout.close() }
            return errorOf { try sleep(.seconds(60)) } as? Mistake === mistake
        }

        #expect(isSame)
    }

    @Test func `lets go of the caller's own error after the block`() throws {
        let hasGone = try onHub {
            weak var observer: Mistake?
            do {
                let mistake = Mistake()
                observer = mistake
                _ = errorOf {
                    try withTimeout(.milliseconds(1), throwing: mistake) { try sleep(.seconds(60)) }
                }
            }
            return observer == nil
        }

        #expect(hasGone)
    }

    @Test func `says its limit, and its message`() {
        #expect("\(Timeout(.seconds(2)))" == "timed out after 2.0 seconds")
        #expect("\(Timeout(.seconds(2), message: "too slow"))" == "2.0 seconds: too slow")
        #expect("\(Timeout(nil))" == "timed out after no limit")
    }

    @Test func `never strikes without a limit`() throws {
        let isPending = try onHub {
            let timeout = Timeout(nil).start()
            defer { timeout.close() }
            try sleep(.milliseconds(1))
            return timeout.isPending || timeout.hasExpired
        }

        #expect(!isPending)
    }

    @Test func `strikes the greenlet that started it, and no other`() throws {
        let log = try onHub {
            var log: [String] = []
            let limited = spawn {
                _ = Timeout.startNew(.milliseconds(1))
                do { try sleep(.milliseconds(50)) } catch { log.append("limited") }
            }
            let other = spawn {
                do { try sleep(.milliseconds(3)) } catch { log.append("other") }
            }
            try joinAll([limited, other])
            return log
        }

        #expect(log == ["limited"])
    }

    @Test func `ends with its greenlet when it was left behind`() throws {
        let (hasGone, hasExpired) = try onHub {
            weak var observer: Timeout?
            var timeout: Timeout?
            let greenlet = spawn { timeout = Timeout.startNew(.milliseconds(1)) }
            try greenlet.join()
            observer = timeout
            let isPending = timeout?.isPending ?? true
            try sleep(.milliseconds(3))
            let hasExpired = isPending || timeout?.hasExpired ?? true
            timeout = nil
            return (observer == nil, hasExpired)
        }

        #expect(hasGone)
        #expect(!hasExpired)
    }

    @Test func `cannot fire into later code of the greenlet once its block was left early`() throws
    {
        let rounds = try onHub {
            func early() throws { try withTimeout(.milliseconds(1)) { return } }
            var rounds = 0
            for _ in 0..<3 {
                try early()
                try sleep(.milliseconds(2))
                rounds += 1
            }
            return rounds
        }

        #expect(rounds == 3)
    }

    @Test func `traps when it is started twice`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            try onHub { _ = Timeout.startNew(.seconds(60)).start() }
        }

        #expect(result.errorText.contains("a Timeout that is pending was started again"))
    }

    @Test func `is cheap to set and cancel in great numbers`() throws {
        let (pending, left) = try onHub {
            let nested = (0..<20_000).map { Timeout.startNew(.seconds(60 + ($0 * 7919) % 1000)) }
            let pending = Scheduler.current.timers.count
            for timeout in nested.reversed() { timeout.cancel() }
            let mixed = (0..<500).map { Timeout.startNew(.seconds(60 + ($0 * 7919) % 1000)) }
            for index in mixed.indices { mixed[(index * 3571) % mixed.count].cancel() }
            return (pending, Scheduler.current.timers.count)
        }

        #expect(pending == 20_000)
        #expect(left == 0)
    }
}
