// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct SemaphoreWaitTests {
    @Test func `says how many places are free without taking one`() throws {
        let semaphore = Semaphore(3)

        let free = try onHub { try semaphore.wait() }

        #expect(free == 3)
        #expect(semaphore.counter == 3)
    }

    @Test func `says that none is free when the time has run out`() throws {
        let free = try onHub { try Semaphore(0).wait(timeout: .zero) }

        #expect(free == 0)
    }

    @Test func `wakes all who only look, and leaves the place free`() throws {
        let outcome = try onHub {
            let semaphore = Semaphore(0)
            let lookers = (0..<2).map { _ in spawn { try semaphore.wait() } }
            try sleep()

            semaphore.release()

            try joinAll(lookers)
            return lookers.map(\.value) + [semaphore.counter]
        }

        #expect(outcome == [1, 1, 1])
    }

    @Test func `wakes who looks, and gives the place to who takes`() throws {
        let outcome = try onHub(.inOrder) {
            let semaphore = Semaphore(0)
            let looker = spawn { try semaphore.wait() }
            let taker = spawn { try semaphore.acquire() }
            try sleep()

            semaphore.release()

            return (try looker.get(), try taker.get())
        }

        #expect(outcome == (0, true))
    }

    @Test func `is ready at once for a wait among others when a place is free`() throws {
        let isFound = try onHub {
            let semaphore = Semaphore()
            return try wait([semaphore]).first === semaphore
        }

        #expect(isFound)
    }

    @Test func `ends a wait among others when a place becomes free`() throws {
        let ready = try onHub {
            let semaphores = [Semaphore(0), Semaphore(0)]
            spawn { semaphores[1].release() }
            return try wait(semaphores, count: 1).map { $0 === semaphores[1] }
        }

        #expect(ready == [true])
    }

    @Test func `calls as many links as places are free`() throws {
        let calls = try onHub(.inOrder) {
            let semaphore = Semaphore(0)
            var calls: [Int] = []
            for number in 0..<3 { _ = semaphore.linkReady { calls.append(number) } }

            semaphore.release()
            try sleep()
            let first = calls
            semaphore.release()
            try sleep()

            return [first, calls]
        }

        #expect(calls == [[0], [0, 1, 2]])
    }

    @Test func `calls a link soon when a place is free`() throws {
        let calls = try onHub(.inOrder) {
            let semaphore = Semaphore(1)
            var calls = 0
            _ = semaphore.linkReady { calls += 1 }
            let atOnce = calls
            try sleep()
            return [atOnce, calls]
        }

        #expect(calls == [0, 1])
    }

    @Test func `does not call a link that was taken back`() throws {
        let calls = try onHub(.inOrder) {
            let semaphore = Semaphore(0)
            var calls = 0
            let token = semaphore.linkReady { calls += 1 }

            semaphore.unlink(token)
            semaphore.release()
            try sleep()

            return calls
        }

        #expect(calls == 0)
    }

    @Test func `may be used by what a link drags along into its end`() throws {
        let counter = try onHub {
            let semaphore = Semaphore(0)
            let token = {
                let last = Releaser(semaphore)
                return semaphore.linkReady { withExtendedLifetime(last) {} }
            }()

            semaphore.unlink(token)

            return semaphore.counter
        }

        #expect(counter == 1)
    }
}

/// Gives a place back when it goes away.
private final class Releaser {
    private let semaphore: Semaphore

    init(_ semaphore: Semaphore) { self.semaphore = semaphore }

    deinit { semaphore.release() }
}
