// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct RLockTests {
    @Test func `its owner takes it again`() throws {
        try onHub {
            let lock = RLock()

            try lock.acquire()
            try lock.acquire(block: false)
            #expect(lock.count == 2 && lock.isOwned)

            lock.release()
            #expect(lock.isLocked && lock.isOwned)
            lock.release()
            #expect(!lock.isLocked && !lock.isOwned)
        }
    }

    @Test func `another greenlet gets it after the last release`() throws {
        try onHub {
            let lock = RLock()
            try lock.acquire()
            try lock.acquire()
            let other = spawn { try lock.withLock { lock.isOwned } }
            try sleep()

            lock.release()
            try sleep()
            #expect(!other.isReady)
            lock.release()

            try #expect(other.get())
            #expect(!lock.isLocked)
        }
    }

    @Test func `goes to who has waited longest`() throws {
        try onHub(.inOrder) {
            let lock = RLock()
            var log: [Int] = []
            try lock.acquire()
            let others = (1...3).map { number in
                spawn { try lock.withLock { log.append(number) } }
            }
            try sleep()

            lock.release()
            // It was handed over: who comes now goes behind those who wait.
            try #expect(!lock.acquire(block: false))
            try lock.withLock { log.append(4) }
            try joinAll(others)

            #expect(log == [1, 2, 3, 4])
        }
    }

    @Test func `acquire says so when it was not free in time`() throws {
        try onHub {
            let lock = RLock()
            try spawn { try lock.acquire() }.join()

            try #expect(!lock.acquire(block: false))
            try #expect(!lock.acquire(timeout: .milliseconds(2)))
            expectOuterTimeoutPasses { try lock.acquire(timeout: .seconds(1)) }
        }
    }

    @Test func `a waiter that is killed does not get it`() throws {
        try onHub {
            let lock = RLock()
            try lock.acquire()
            let killed = spawn { try lock.withLock {} }
            let next = spawn { try lock.withLock { true } }
            try sleep()

            try killed.kill()
            lock.release()

            try #expect(next.get())
            #expect(!lock.isLocked)
        }
    }

    @Test func `one that is killed after it got the lock gives it back`() throws {
        try onHub {
            let lock = RLock()
            try lock.acquire()
            let killed = spawn { try lock.withLock { try sleep() } }
            try sleep()

            lock.release()
            try killed.kill()

            #expect(!lock.isLocked)
            #expect(killed.isKilled)
        }
    }

    @Test func `is given back when the body fails`() throws {
        try onHub {
            let lock = RLock()

            #expect(throws: Boom.self) { try lock.withLock { throw Boom() } }

            #expect(!lock.isLocked)
        }
    }

    @Test func `keeps greenlets of two threads apart`() throws {
        let lock = RLock()
        let rounds = 2_000
        nonisolated(unsafe) var total = 0
        let work: @Sendable () -> Void = {
            let hub = Hub.current
            hub.keepAlive()
            let workers = (0..<2).map { _ in
                spawn {
                    for _ in 0..<rounds { try lock.withLock { unsafe total += 1 } }
                }
            }
            _ = try? joinAll(workers)
            hub.close()
        }

        let one = try NativeThread(name: "one", work)
        let other = try NativeThread(name: "other", work)
        one.join()
        other.join()

        #expect(unsafe total == 4 * rounds)
    }

    @Test func `traps when one releases it who does not hold it`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            try onHub { RLock().release() }
        }

        #expect(result.errorText.contains("an RLock was released by"))
    }
}
