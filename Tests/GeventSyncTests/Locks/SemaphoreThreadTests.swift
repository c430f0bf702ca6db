// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTestSupport
import Synchronization
import Testing

@Suite struct SemaphoreThreadTests {
    @Test func `is taken by a greenlet when a thread without a hub releases it`() throws {
        let isTaken = try onHub {
            Hub.current.keepAlive()
            let semaphore = Semaphore(0)
            let thread = try onForeignThread { semaphore.release() }

            let isTaken = try spawn { try semaphore.acquire(timeout: plenty) }.get()

            thread.join()
            return isTaken
        }

        #expect(isTaken)
    }

    @Test func `makes no hub on a thread that does not have to wait`() throws {
        let hadHub = try onBareThread {
            let semaphore = Semaphore(1)
            semaphore.release()
            _ = try? semaphore.acquire()
            _ = try? semaphore.withLock {}
            _ = try? semaphore.acquire(block: false)
            _ = try? semaphore.acquire(block: false)
            return Hub.currentIfExists != nil
        }

        #expect(!hadHub)
    }

    @Test(arguments: [nil, .seconds(20)] as [Duration?])
    func `is fought for by two hubs, and both end`(timeout: Duration?) throws {
        let rounds = 2_000
        let semaphore = Semaphore(1)
        let inside = Atomic(0)
        let clashes = Atomic(0)
        let fight: @Sendable () throws -> Int = {
            try onHub {
                Hub.current.keepAlive()
                var won = 0
                for _ in 0..<rounds where try semaphore.acquire(timeout: timeout) {
                    if inside.add(1, ordering: .relaxed).newValue != 1 {
                        clashes.add(1, ordering: .relaxed)
                    }
                    inside.subtract(1, ordering: .relaxed)
                    semaphore.release()
                    won += 1
                }
                return won
            }
        }
        let others = Atomic(0)
        let thread = try NativeThread(name: "rival") {
            others.store((try? fight()) ?? -1, ordering: .relaxed)
        }

        let mine = try fight()
        thread.join()

        let theirs = others.load(ordering: .relaxed)
        let clashCount = clashes.load(ordering: .relaxed)
        #expect([mine, theirs] == [rounds, rounds])
        #expect(clashCount == 0)
        #expect(semaphore.counter == 1)
    }

    @Test func `loses no place when greenlets of two hubs are killed while they wait`() throws {
        let semaphore = Semaphore(2)
        let scramble: @Sendable () throws -> Void = {
            try onHub {
                Hub.current.keepAlive()
                for round in 0..<100 {
                    let workers = (0..<4).map { _ in
                        spawn { try semaphore.withLock { try sleep() } }
                    }
                    try sleep()
                    if round % 2 == 0 { try sleep() }
                    try killAll(workers)
                }
            }
        }
        let thread = try NativeThread(name: "rival") { try? scramble() }

        try scramble()
        thread.join()

        #expect(semaphore.counter == 2)
    }
}
