// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct OffloadTests {
    @Test func `hands over what the job returns, while others run`() throws {
        let (value, ticks) = try onHub {
            let job = BlockedJob()
            var ticks = 0
            let waiter = spawn {
                try Offload(name: "test", limit: 1).run {
                    job.block()
                    return 7
                }
            }
            try job.untilRunning(1)
            for _ in 0..<3 {
                try sleep(.zero)
                ticks += 1
            }
            job.release()
            return (try waiter.get(), ticks)
        }

        #expect(value == 7)
        #expect(ticks == 3)
    }

    @Test func `hands over the identical error`() throws {
        let mistake = Mistake()
        let error = try onHub {
            errorOf { try Offload(name: "test", limit: 1).run { throw mistake } }
        }

        #expect(error as? Mistake === mistake)
    }

    @Test func `keeps the hub alive while the job runs, and no longer`() throws {
        let outcome = try onHub {
            let before = Scheduler.current.outsideWaits
            let job = BlockedJob()
            let waiter = spawn { try Offload(name: "test", limit: 1).run { job.block() } }
            let isDry = try Hub.current.join(timeout: .milliseconds(2))
            job.release()
            try waiter.join()
            return [isDry, try Hub.current.join(), Scheduler.current.outsideWaits == before]
        }

        #expect(outcome == [false, true, true])
    }

    /// What ends a wait early.
    enum Strike: CaseIterable, Sendable {
        case kill, mistake, timeout

        /// Whether `waiter`, which waits within `limit`, is ended by this while it still waits.
        func ends(_ waiter: Greenlet<Void>) throws -> Bool {
            switch self {
            case .kill:
                try waiter.kill()
                return waiter.isKilled
            case .mistake:
                try waiter.kill(throwing: Mistake())
                return waiter.error is Mistake
            case .timeout:
                try waiter.join()
                return waiter.error is Timeout
            }
        }
    }

    @Test(arguments: Strike.allCases)
    func `returns at once when it is struck, and drops what comes late`(strike: Strike) throws {
        let outcome = try onHub {
            let pool = Offload(name: "test", limit: 1)
            let job = BlockedJob()
            let before = Scheduler.current.outsideWaits
            let waiter = spawn {
                try withTimeout(strike == .timeout ? .milliseconds(2) : nil) {
                    _ = try pool.run {
                        job.block()
                        return Late(job)
                    }
                }
            }
            try job.untilRunning(1)
            let isEnded = try strike.ends(waiter)
            let wasBlocked = job.running == 1
            let waits = Scheduler.current.outsideWaits
            job.release()
            try job.untilDropped(1)
            return [
                isEnded, wasBlocked, waits == before, Hub.current.uncollectedFailures == 0,
                // The thread has survived it.
                try pool.run { true },
            ]
        }

        #expect(outcome == [true, true, true, true, true])
    }

    @Test(arguments: [1, 3, 10])
    func `uses so many threads at once, and no more`(limit: Int) throws {
        let (most, ended) = try onHub {
            let pool = Offload(name: "test", limit: limit)
            let job = BlockedJob()
            let count = 3 * limit
            let waiters = (0..<count).map { _ in spawn { try pool.run { job.block() } } }
            try job.untilRunning(limit)
            // Time for those to come who should not.
            try sleep(.milliseconds(2))
            for _ in 0..<count {
                // Whoever is let go makes room for the next.
                job.release()
                try sleep(.zero)
            }
            try joinAll(waiters, raiseError: true)
            return (job.mostRunning, waiters.count(where: \.isSuccessful))
        }

        #expect(most == limit)
        #expect(ended == 3 * limit)
    }

    @Test func `waits in no callback of the hub`() throws {
        let error = try onHub(.inOrder) {
            var error: (any Error)?
            Hub.current.runCallback {
                error = errorOf { try Offload(name: "test", limit: 1).run {} }
            }
            try sleep(.zero)
            return error
        }

        #expect(error is BlockingSwitchOutError)
    }
}
