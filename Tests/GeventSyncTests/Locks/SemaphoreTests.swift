// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct SemaphoreTests {
    @Test func `counts the places that are free`() throws {
        let semaphore = Semaphore(2)

        let counters = [
            semaphore.counter,
            try semaphore.acquire() ? semaphore.counter : -1,
            try semaphore.acquire() ? semaphore.counter : -1,
            semaphore.release(),
        ]

        #expect(counters == [2, 1, 0, 1])
    }

    @Test func `is locked, and not ready, when no place is free`() throws {
        let semaphore = Semaphore()
        let before = (semaphore.isLocked, semaphore.isReady)

        try semaphore.acquire()

        #expect(before == (false, true))
        #expect((semaphore.isLocked, semaphore.isReady) == (true, false))
    }

    @Test func `may be given more places than it began with`() {
        let semaphore = Semaphore(0)

        semaphore.release()

        #expect(semaphore.release() == 2)
    }

    @Test func `takes nothing when it may not wait and no place is free`() throws {
        let semaphore = Semaphore(1)

        try #expect(semaphore.acquire(block: false))
        try #expect(!semaphore.acquire(block: false))
        #expect(semaphore.counter == 0)
    }

    @Test func `returns false when the time has run out`() throws {
        let outcome = try onHub {
            let semaphore = Semaphore(0)
            let start = Hub.current.now

            let isTaken = try semaphore.acquire(timeout: .milliseconds(3))

            return (isTaken, Hub.current.now - start >= .milliseconds(3), semaphore.counter)
        }

        #expect(outcome == (false, true, 0))
    }

    @Test func `lets others run while it is spun on with no time to wait`() throws {
        let semaphore = Semaphore(0)
        try onHub {
            spawn { semaphore.release() }

            while try !semaphore.acquire(timeout: .zero) {}
        }

        #expect(semaphore.counter == 0)
    }

    @Test func `goes to those who wait in the order they came`() throws {
        let order = try onHub(.inOrder) {
            let semaphore = Semaphore(0)
            var order: [Int] = []
            let waiters = (0..<4).map { number in
                spawn { try semaphore.withLock { order.append(number) } }
            }
            try sleep()

            semaphore.release()

            try joinAll(waiters)
            return order
        }

        #expect(order == [0, 1, 2, 3])
    }

    @Test func `goes to who waits, not to who asks first after the release`() throws {
        let outcome = try onHub(.inOrder) {
            let semaphore = Semaphore(0)
            let waiter = spawn { try semaphore.acquire() }
            try sleep()

            semaphore.release()
            let isSnatched = try semaphore.acquire(block: false)

            return (isSnatched, try waiter.get())
        }

        #expect(outcome == (false, true))
    }

    @Test func `lets as many in at once as it has places`() throws {
        let most = try onHub {
            let semaphore = Semaphore(3)
            var inside = 0
            var most = 0
            let workers = (0..<10).map { _ in
                spawn {
                    try semaphore.withLock {
                        inside += 1
                        most = max(most, inside)
                        try sleep()
                        inside -= 1
                    }
                }
            }
            try joinAll(workers, raiseError: true)
            return (most, semaphore.counter)
        }

        #expect(most == (3, 3))
    }

    @Test func `gets its place back when the body throws`() throws {
        let semaphore = Semaphore(1)

        #expect(throws: Boom.self) { try semaphore.withLock { throw Boom() } }

        #expect(semaphore.counter == 1)
    }

    @Test func `cannot have fewer than zero places`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Semaphore(-1)
        }

        #expect(result.errorText.contains("no fewer than zero places"))
    }
}
