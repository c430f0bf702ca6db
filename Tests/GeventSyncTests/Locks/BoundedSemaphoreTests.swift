// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct BoundedSemaphoreTests {
    @Test func `counts the places that are free`() throws {
        let semaphore = BoundedSemaphore(2)

        let counters = [
            semaphore.counter,
            try semaphore.acquire() ? semaphore.counter : -1,
            semaphore.release(),
        ]

        #expect(counters == [2, 1, 2])
    }

    @Test func `is locked, and not ready, when no place is free`() throws {
        let semaphore = BoundedSemaphore()

        try semaphore.acquire()

        #expect((semaphore.isLocked, semaphore.isReady) == (true, false))
        try #expect(!semaphore.acquire(block: false))
    }

    @Test func `hands its place on to who waits`() throws {
        let outcome = try onHub(.inOrder) {
            let semaphore = BoundedSemaphore(1)
            try semaphore.acquire()
            let waiter = spawn { try semaphore.acquire() }
            try sleep()

            let counter = semaphore.release()

            return (counter, try waiter.get())
        }

        #expect(outcome == (0, true))
    }

    @Test func `can be given back after a killed greenlet waited for it`() throws {
        let counter = try onHub {
            let semaphore = BoundedSemaphore(1)
            try semaphore.acquire()
            let waiter = spawn { try semaphore.acquire() }
            try sleep()

            kill(waiter)

            return semaphore.release()
        }

        #expect(counter == 1)
    }

    @Test func `gets its place back when the body throws`() throws {
        let semaphore = BoundedSemaphore(1)

        #expect(throws: Boom.self) { try semaphore.withLock { throw Boom() } }

        #expect(semaphore.counter == 1)
    }

    @Test func `can be waited for among others, and by a link`() throws {
        let outcome = try onHub(.inOrder) {
            let semaphore = BoundedSemaphore(1)
            var calls = 0
            _ = semaphore.linkReady { calls += 1 }
            let count = try wait([semaphore]).count
            try sleep()
            return [count, calls, try semaphore.wait()]
        }

        #expect(outcome == [1, 1, 1])
    }

    @Test func `passes on a timeout that was set further out`() throws {
        try onHub {
            let semaphore = BoundedSemaphore(0)
            expectOuterTimeoutPasses { try semaphore.acquire(timeout: .seconds(1)) }
        }
    }

    @Test func `may be given back by another thread than took it`() throws {
        let counter = try onHub(.inOrder) {
            let semaphore = BoundedSemaphore(1)
            try semaphore.acquire()
            let thread = try onForeignThread { semaphore.release() }
            try sleep()
            thread.join()
            return semaphore.counter
        }

        #expect(counter == 1)
    }

    @Test func `traps when it is given back more often than it was taken`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let semaphore = BoundedSemaphore(1)
            try semaphore.acquire()
            semaphore.release()
            semaphore.release()
        }

        #expect(result.errorText.contains("released more often than it was acquired"))
    }

    @Test func `cannot have fewer than zero places`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = BoundedSemaphore(-1)
        }

        #expect(result.errorText.contains("no fewer than zero places"))
    }
}
