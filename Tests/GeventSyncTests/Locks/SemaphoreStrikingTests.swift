// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct SemaphoreStrikingTests {
    @Test func `passes on a timeout that was set further out`() throws {
        try onHub {
            let semaphore = Semaphore(0)
            expectOuterTimeoutPasses { try semaphore.acquire(timeout: .seconds(1)) }
            expectOuterTimeoutPasses { try semaphore.wait(timeout: .seconds(1)) }
            expectOuterTimeoutPasses { try semaphore.withLock {} }
            #expect(semaphore.counter == 0)
        }
    }

    @Test func `keeps the place that a killed greenlet waited for`() throws {
        let outcome = try onHub(.inOrder) {
            let semaphore = Semaphore(0)
            var hasCleanedUp = false
            let waiter = spawn {
                defer { hasCleanedUp = true }
                try semaphore.acquire()
            }
            try sleep()

            try waiter.kill()

            return (hasCleanedUp, waiter.isKilled, semaphore.release())
        }

        #expect(outcome == (true, true, 1))
    }

    @Test func `keeps the place when the kill comes before the release in the same tick`() throws {
        let counter = try onHub {
            let semaphore = Semaphore(0)
            let waiter = spawn { try semaphore.acquire() }
            try sleep()

            kill(waiter)
            semaphore.release()

            try waiter.join()
            return semaphore.counter
        }

        #expect(counter == 1)
    }

    @Test func `has given the place away when the kill comes after the release`() throws {
        let outcome = try onHub(.inOrder) {
            let semaphore = Semaphore(0)
            var isTaken = false
            let waiter = spawn {
                isTaken = try semaphore.acquire()
                defer { semaphore.release() }
                try sleep()
            }
            try sleep()

            semaphore.release()
            try waiter.kill()

            return (isTaken, waiter.isKilled, semaphore.counter)
        }

        #expect(outcome == (true, true, 1))
    }

    @Test func `gives the place to who waits behind a killed greenlet`() throws {
        let value = try onHub {
            let semaphore = Semaphore(0)
            let first = spawn { try semaphore.acquire() }
            let second = spawn { try semaphore.acquire() }
            try sleep()

            kill(first)
            semaphore.release()

            return try second.get()
        }

        #expect(value)
    }

    @Test func `gives the place to who waits behind one whose time ran out`() throws {
        let values = try onHub {
            let semaphore = Semaphore(0)
            let first = spawn { try semaphore.acquire(timeout: .zero) }
            let second = spawn { try semaphore.acquire() }
            try first.join()

            semaphore.release()

            return [try first.get(), try second.get()]
        }

        #expect(values == [false, true])
    }

    @Test func `gets its place back when a greenlet is killed that holds it`() throws {
        let counter = try onHub {
            let semaphore = Semaphore(1)
            let holder = spawn { try semaphore.withLock { try sleep(.seconds(60)) } }
            try sleep()

            try holder.kill()

            return semaphore.counter
        }

        #expect(counter == 1)
    }

    @Test func `gives no place for a strike that was taken back`() throws {
        let outcome = try onHub(.inOrder) {
            let semaphore = Semaphore(0)
            let timeout = Timeout(.milliseconds(1))
            var isTaken = false
            let waiter = spawn {
                timeout.start()
                isTaken = try semaphore.acquire()
            }
            try sleep()
            spend(.milliseconds(1))
            while !timeout.hasExpired { try sleep() }

            timeout.cancel()
            try sleep()

            semaphore.release()
            try waiter.join()
            return semaphore.counter + (isTaken ? 1 : 0)
        }

        #expect(outcome == 1)
    }

    @Test func `gives no place for a strike taken back while a kill is held back`() throws {
        let outcome = try onHub(.inOrder) {
            let semaphore = Semaphore(0)
            let timeout = Timeout(.milliseconds(1))
            var isTaken = false
            let waiter = spawn {
                try shielded {
                    timeout.start()
                    isTaken = try semaphore.acquire()
                }
            }
            try sleep()
            kill(waiter)
            try sleep()
            spend(.milliseconds(1))
            while !timeout.hasExpired { try sleep() }

            timeout.cancel()
            try sleep()

            semaphore.release()
            try waiter.join()
            return semaphore.counter + (isTaken ? 1 : 0)
        }

        #expect(outcome == 1)
    }

    @Test func `can be released in a callback of the hub, but not waited for`() throws {
        try onHub {
            let semaphore = Semaphore(0)
            let waiter = spawn { try semaphore.acquire() }
            try sleep()
            var error: (any Error)?

            try inCallback {
                error = errorOf { try semaphore.acquire() }
                semaphore.release()
            }

            #expect(error is BlockingSwitchOutError)
            try #expect(waiter.get())
        }
    }
}
