// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTestSupport
import GeventTesting
import Testing

@Suite struct LeakCheckTests {
    @Test func `lets a clean body pass and returns its value`() throws {
        let value = try onHub {
            try checkLeaks(.hub) {
                let gate = Event()
                let waiting = spawn { try gate.wait(timeout: .seconds(60)) }
                let sleeping = spawn { try sleep(.seconds(60)) }
                try sleep(.zero)
                gate.set()
                try sleeping.kill()
                return try withTimeout(.seconds(60)) { try waiting.get() }
            }
        }

        #expect(value == true)
    }

    @Test func `waits for what goes by itself`() throws {
        try onHub {
            try checkLeaks(.hub, settling: .seconds(10)) {
                _ = spawn { try sleep(.milliseconds(2)) }
            }
        }
    }

    @Test func `names a greenlet, what it waits for, and where it was spawned`() throws {
        let leaks = try onHub {
            let gate = Event()
            let line: UInt = #line + 1
            let leaks = leaksFound { spawn { try gate.wait() }.name = "forgotten" }
            #expect(leaks.first?.description.contains("LeakCheckTests.swift:\(line)") == true)
            return leaks
        }

        #expect(leaks.map(\.kind) == [.greenlets])
        #expect(leaks[0].description.hasPrefix("greenlet forgotten waits for Event.wait"))
    }

    @Test func `tells a greenlet that has not begun`() throws {
        let leaks = try onHub { leaksFound { _ = spawn(after: .seconds(60)) {} } }

        #expect(leaks.map(\.kind) == [.greenlets])
        #expect(leaks[0].description.contains("waits for the time of its start"))
    }

    @Test func `finds the stack of a greenlet where greenlets are not looked for`() throws {
        let leaks = try onHub {
            let gate = Event()
            return leaksFound(.stacks) {
                for _ in 0..<3 { _ = spawn { try gate.wait() } }
                // Of a size of its own, so from outside the pool.
                _ = spawn(stackSize: 512 * 1024) { try gate.wait() }
            }
        }

        #expect(
            leaks == [Leak(kind: .stacks, description: "4 more stacks in use than before")])
    }

    @Test func `does not take idle stacks for leaks`() throws {
        try onHub {
            try checkLeaks(.stacks, settling: .zero) {
                try joinAll((0..<100).map { _ in spawn { try sleep(.zero) } })
                try spawn(stackSize: 512 * 1024) {}.join()
            }
        }
    }

    @Test func `finds a Timeout that was not closed`() throws {
        let leaks = try onHub {
            let timeout = Timeout(.seconds(60))
            defer { timeout.close() }
            return leaksFound { timeout.start() }
        }

        #expect(leaks.map(\.kind) == [.timers])
        #expect(
            leaks[0].description.hasPrefix("timer that calls, as that of a Timeout, due in 59."))
    }

    @Test func `finds the timer of a wait where greenlets are not looked for`() throws {
        let leaks = try onHub {
            leaksFound(.timers) { spawn { try sleep(.seconds(60)) }.name = "sleeper" }
        }

        #expect(leaks.map(\.kind) == [.timers])
        let text = "timer of the wait for sleep of greenlet sleeper, due in 59."
        #expect(leaks[0].description.hasPrefix(text))
    }

    @Test func `finds a greenlet of before that waits for something else now`() throws {
        let leaks = try onHub {
            let gate = Event()
            let place = Semaphore(0)
            spawn {
                try gate.wait()
                try place.acquire()
            }.name = "worker"
            return leaksFound { gate.set() }
        }

        #expect(leaks.map(\.kind) == [.waiters])
        #expect(leaks[0].description.contains("greenlet worker waits for Semaphore.acquire"))
        #expect(leaks[0].description.contains("where it waited for Event.wait"))
    }

    @Test func `lets a greenlet of before wait for the same again`() throws {
        try onHub {
            let jobs = Queue<Int>()
            spawn { while true { _ = try jobs.get() } }
            spawn { while true { try sleep(.milliseconds(1)) } }

            try checkLeaks(.hub, settling: .zero) { for number in 0..<10 { try jobs.put(number) } }
        }
    }

    @Test func `is made in one place and ended in another`() throws {
        let found = try onHub {
            let check = try LeakCheck(.hub)
            let timeout = Timeout.startNew(.seconds(60))
            defer { timeout.close() }
            return #expect(throws: LeaksFound.self) { try check.end() }?.leaks.map(\.kind)
        }

        #expect(found == [.timers])
    }

    @Test func `throws what the body throws`() throws {
        try onHub {
            #expect(throws: CancellationError.self) {
                try checkLeaks(.hub) {
                    _ = spawn { try sleep(.seconds(60)) }
                    throw CancellationError()
                }
            }
            #expect(Hub.current.greenletCount == 1)
        }
    }
}

/// What a body that does not wait has left behind at once.
func leaksFound(_ kinds: LeakKinds = .hub, _ body: () throws -> Void) -> [Leak] {
    do {
        try checkLeaks(kinds, settling: .zero, body)
        return []
    } catch let found as LeaksFound {
        return found.leaks
    } catch {
        Issue.record(error)
        return []
    }
}
