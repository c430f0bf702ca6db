// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct ConditionTests {
    @Test func `wakes as many as it is told, in the order they came`() throws {
        try onHub(.inOrder) {
            let condition = Condition()
            var log: [Int] = []
            let waiters = (1...4).map { number in
                spawn {
                    try condition.withLock {
                        try condition.wait()
                        log.append(number)
                    }
                }
            }
            try sleep()

            try condition.withLock { condition.notify(2) }
            try joinAll(waiters, count: 2)
            #expect(log == [1, 2])
            try condition.withLock { condition.notifyAll() }
            try joinAll(waiters)

            #expect(log == [1, 2, 3, 4])
        }
    }

    @Test func `gives up its lock to the full depth, and takes it back`() throws {
        try onHub(.inOrder) {
            let lock = RLock()
            let condition = Condition(lock)
            let waiter = spawn {
                try lock.withLock {
                    try lock.withLock {
                        try condition.wait()
                        return lock.count
                    }
                }
            }
            try sleep()

            #expect(!lock.isLocked)
            try condition.withLock { condition.notify() }

            try #expect(waiter.get() == 2)
            #expect(!lock.isLocked)
        }
    }

    @Test func `who waits goes on only with the lock`() throws {
        try onHub(.inOrder) {
            let condition = Condition()
            let waiter = spawn { try condition.withLock { try condition.wait() } }
            try sleep()

            try condition.withLock {
                condition.notify()
                try sleep(.milliseconds(1))
                #expect(!waiter.isReady)
            }

            try #expect(waiter.get())
        }
    }

    @Test func `a notification without a waiter is lost`() throws {
        try onHub {
            let condition = Condition()

            try condition.withLock {
                condition.notifyAll()
                try #expect(!condition.wait(timeout: .milliseconds(2)))
            }
        }
    }

    @Test func `an outer timeout passes through, with the lock held`() throws {
        try onHub {
            let lock = RLock()
            let condition = Condition(lock)

            try lock.acquire()
            expectOuterTimeoutPasses { try condition.wait(timeout: .seconds(1)) }

            #expect(lock.isOwned)
        }
    }

    @Test func `a waiter that is killed has the lock again before it ends`() throws {
        try onHub {
            let lock = RLock()
            let condition = Condition(lock)
            var isOwned = false
            let waiter = spawn {
                try condition.withLock {
                    defer { isOwned = lock.isOwned }
                    try condition.wait()
                }
            }
            try idle()

            try lock.acquire()
            try waiter.kill(block: false)
            try sleep(.milliseconds(1))
            #expect(!waiter.isReady)
            lock.release()
            try waiter.join()

            #expect(isOwned && waiter.isKilled && !lock.isLocked)
        }
    }

    @Test func `a timeout while the lock is taken back is thrown with the lock held`() throws {
        try onHub {
            let lock = RLock()
            let condition = Condition(lock)
            let outer = Timeout(.milliseconds(3))
            let waiter = spawn {
                try lock.withLock {
                    let error = #expect(throws: Timeout.self) {
                        try outer.guarding { try condition.wait() }
                    }
                    #expect(error === outer)
                    return lock.isOwned
                }
            }
            let next = spawn { try condition.withLock { try condition.wait() } }
            try idle()

            try lock.withLock {
                condition.notify()
                try sleep(.milliseconds(6))
            }

            try #expect(waiter.get())
            // What the first could not make use of went to the second.
            try #expect(next.get())
        }
    }

    @Test func `waitFor looks again after each notification`() throws {
        try onHub {
            let condition = Condition()
            var items: [Int] = []
            let consumer = spawn {
                try condition.withLock {
                    try condition.waitFor { items.count == 2 }
                    return items
                }
            }
            for item in 1...2 {
                try sleep()
                try condition.withLock {
                    items.append(item)
                    condition.notify()
                }
            }

            try #expect(consumer.get() == [1, 2])
        }
    }

    @Test func `waitFor says what the predicate said last`() throws {
        try onHub {
            let condition = Condition()

            try condition.withLock {
                try #expect(condition.waitFor { true })
                try #expect(!condition.waitFor(timeout: .milliseconds(2)) { false })
            }
        }
    }

    @Test func `stands on a semaphore too`() throws {
        try onHub(.inOrder) {
            for condition in [Condition(Semaphore(1)), Condition(BoundedSemaphore(1))] {
                let waiter = spawn { try condition.withLock { try condition.wait() } }
                try sleep()

                try condition.acquire()
                try #expect(!condition.acquire(block: false))
                condition.notify()
                condition.release()

                try #expect(waiter.get())
            }
        }
    }

    @Test func `loses no notification between two threads`() throws {
        let condition = Condition()
        nonisolated(unsafe) var turn = 0
        let rounds = 500
        let play: @Sendable (Int) -> Void = { mine in
            let hub = Hub.current
            hub.keepAlive()
            for _ in 0..<rounds {
                _ = try? condition.withLock {
                    try condition.waitFor { unsafe turn % 2 == mine }
                    unsafe turn += 1
                    condition.notify()
                }
            }
            hub.close()
        }

        let one = try NativeThread(name: "one") { play(0) }
        let other = try NativeThread(name: "other") { play(1) }
        one.join()
        other.join()

        #expect(unsafe turn == 2 * rounds)
    }

    @Test func `traps when it is notified without its lock`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            try onHub { Condition().notify() }
        }

        #expect(result.errorText.contains("notified without holding its lock"))
    }

    @Test func `traps when it is waited for without its lock`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            try onHub { _ = try Condition().wait() }
        }

        #expect(result.errorText.contains("waited for without holding its lock"))
    }
}
