// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct EventStrikingTests {
    @Test func `lets others run when its time is zero`() throws {
        let outcome = try onHub(.inOrder) {
            var hasRun = false
            spawn { hasRun = true }

            let isSet = try Event().wait(timeout: .zero)

            return [isSet, hasRun]
        }

        #expect(outcome == [false, true])
    }

    @Test func `wakes nobody whose time has run out, wherever that one waits now`() throws {
        let isWoken = try onHub {
            let first = Event()
            let second = Event()
            var isWoken = false
            let waiter = spawn {
                try first.wait(timeout: .zero)
                try second.wait()
                isWoken = true
            }
            try sleep(.milliseconds(1))

            first.set()
            try sleep(.milliseconds(1))

            defer { second.set() }
            return isWoken || waiter.isReady
        }

        #expect(!isWoken)
    }

    @Test func `runs the clean-up of a greenlet that is killed while it waits`() throws {
        let outcome = try onHub(.inOrder) {
            let event = Event()
            var hasCleanedUp = false
            let waiter = spawn {
                defer { hasCleanedUp = true }
                try event.wait()
            }
            try sleep()

            try waiter.kill()

            event.set()
            return [waiter.isKilled, hasCleanedUp]
        }

        #expect(outcome == [true, true])
    }

    @Test func `wakes those around one that is killed`() throws {
        let woken = try onHub(.inOrder) {
            let event = Event()
            var woken: [Int] = []
            let waiters = (0..<3).map { number in
                spawn {
                    try event.wait()
                    woken.append(number)
                }
            }
            try sleep()

            kill(waiters[1])
            event.set()

            try joinAll(waiters)
            return woken
        }

        #expect(woken == [0, 2])
    }

    @Test func `has released a greenlet that is killed after set in the same tick`() throws {
        let outcome = try onHub(.inOrder) {
            let event = Event()
            var isSet = false
            let waiter = spawn {
                isSet = try event.wait()
                try sleep()
            }
            try sleep()

            event.set()
            try waiter.kill()

            return [isSet, waiter.isKilled]
        }

        #expect(outcome == [true, true])
    }

    @Test func `does not count a killed greenlet among those who are woken but have not run`()
        throws
    {
        let hasSwitched = try onHub {
            let event = Event()
            let killed = spawn { try event.wait() }
            try sleep()
            kill(killed)
            event.set()
            try killed.join()
            var hasSwitched = false
            spawn { hasSwitched = true }

            try event.wait()

            return hasSwitched
        }

        #expect(!hasSwitched)
    }

    @Test func `can be set in a callback of the hub`() throws {
        let isSet = try onHub {
            let event = Event()
            let waiter = spawn { try event.wait() }
            try sleep()

            try inCallback { event.set() }

            return try waiter.get()
        }

        #expect(isSet)
    }

    @Test func `refuses to be waited for in a callback of the hub`() throws {
        let outcome = try onHub {
            let event = Event()
            var error: (any Error)?
            try inCallback { error = errorOf { try event.wait() } }

            event.set()

            return (error is BlockingSwitchOutError, try event.wait())
        }

        #expect(outcome == (true, true))
    }

    @Test func `tells the main greenlet that nobody is left to set it`() throws {
        let error = try onHub { errorOf { try Event().wait() } }

        #expect(error is LoopExit)
    }
}
