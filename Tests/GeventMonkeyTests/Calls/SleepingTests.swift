// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import CGeventPatch
import GeventCore
import GeventTestSupport
import Glibc
import Testing

/// A call that sleeps for 3 s, by its stand-in.
enum Sleeping: CaseIterable {
    case sleep, usleep, nanosleep, clockNanosleep, thrdSleep

    var call: @Sendable () -> Int32 {
        switch self {
        case .sleep: { Int32(gv_call_sleep(3)) }
        case .usleep: { gv_call_usleep(3_000_000) }
        case .nanosleep:
            {
                var time = timespec(tv_sec: 3, tv_nsec: 0)
                return unsafe gv_call_nanosleep(&time, nil)
            }
        case .clockNanosleep:
            {
                var time = timespec(tv_sec: 3, tv_nsec: 0)
                return unsafe gv_call_clock_nanosleep(CLOCK_BOOTTIME, 0, &time, nil)
            }
        case .thrdSleep:
            {
                var time = timespec(tv_sec: 3, tv_nsec: 0)
                return unsafe gv_call_thrd_sleep(&time, nil)
            }
        }
    }

    /// The answer when something strikes after 1 s, and errno, which was 77.
    var struck: CallOutcome {
        switch self {
        case .sleep: CallOutcome(2, error: 77)
        case .usleep, .nanosleep: CallOutcome(-1, error: ECANCELED)
        case .clockNanosleep: CallOutcome(Int(ECANCELED), error: 77)
        case .thrdSleep: CallOutcome(-2, error: 77)
        }
    }
}

@Suite struct SleepingTests {
    @Test(arguments: Sleeping.allCases)
    func `sleeps by the hub's clock while others run`(sleeping: Sleeping) throws {
        let (outcome, duration, turns) = try onPatchedHub {
            let start = Hub.current.now
            var outcome = CallOutcome(-9, error: 0)
            let turns = countTurns { outcome = CallOutcome(sleeping.call) }
            return (outcome, Hub.current.now - start, turns)
        }

        #expect(outcome == CallOutcome(0, error: 77))
        #expect(duration == .seconds(3))
        #expect(turns >= 2999)
    }

    @Test(arguments: Sleeping.allCases)
    func `ends when something strikes, and the next wait throws it`(sleeping: Sleeping) throws {
        let outcomes = try onPatchedHub {
            var outcomes: [CallOutcome] = []
            let victim = spawn {
                outcomes.append(CallOutcome(sleeping.call))
                try GeventCore.sleep(.zero)
                outcomes.append(CallOutcome(1, error: 1))
            }
            try GeventCore.sleep(.seconds(1))
            try victim.kill()
            return outcomes
        }

        #expect(outcomes == [sleeping.struck])
    }

    @Test func `says what was left`() throws {
        let rest = try onPatchedHub {
            var time = timespec(tv_sec: 3, tv_nsec: 5)
            var rest = timespec()
            let victim = spawn { _ = unsafe gv_call_nanosleep(&time, &rest) }
            try GeventCore.sleep(.milliseconds(500))
            try victim.kill()
            return [rest.tv_sec, rest.tv_nsec]
        }

        #expect(rest == [2, 500_000_005])
    }

    @Test func `ends a loop that sleeps for what was left`() throws {
        let asked = try onPatchedHub {
            var asked: [UInt32] = []
            let victim = spawn {
                var left: UInt32 = 10
                while left > 0 {
                    asked.append(left)
                    left = gv_call_sleep(left)
                }
            }
            try GeventCore.sleep(.milliseconds(2500))
            try victim.kill()
            return asked
        }

        #expect(asked == [10, 8])
    }

    @Test(arguments: [0, 1])
    func `lets others run, however short`(microseconds: UInt32) throws {
        let hasRun = try onPatchedHub {
            let other = Count()
            let greenlet = spawn { other.value = 1 }
            _ = gv_call_usleep(microseconds)
            try greenlet.join()
            return other.value
        }

        #expect(hasRun == 1)
    }

    @Test(arguments: [CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME])
    func `sleeps until a clock shows a time`(clock: clockid_t) throws {
        let isReached = try onPatchedHub(.realTime) {
            var deadline = timespec()
            var now = timespec()
            _ = unsafe clock_gettime(clock, &deadline)
            deadline.tv_nsec += 2_000_000
            if deadline.tv_nsec >= 1_000_000_000 {
                (deadline.tv_sec, deadline.tv_nsec) = (
                    deadline.tv_sec + 1, deadline.tv_nsec % 1_000_000_000
                )
            }
            let answers = unsafe [
                gv_call_clock_nanosleep(clock, TIMER_ABSTIME, &deadline, nil),
                clock_gettime(clock, &now),
                // In the past by now.
                gv_call_clock_nanosleep(clock, TIMER_ABSTIME, &deadline, nil),
            ]
            return answers == [0, 0, 0]
                && (now.tv_sec, now.tv_nsec) >= (deadline.tv_sec, deadline.tv_nsec)
        }

        #expect(isReached)
    }

    @Test(arguments: [CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_THREAD_CPUTIME_ID, 99], [0, 1])
    func `refuses what the real call refuses`(clock: clockid_t, flags: Int32) throws {
        let times = [(0, -1), (0, 1_000_000_000), (-1, 0), (-1, -1), (0, 2_000_000_000)]
        let (mine, real) = try onPatchedHub {
            let calls = times.map { seconds, nanoseconds in
                var time = timespec(tv_sec: seconds, tv_nsec: nanoseconds)
                return (
                    [
                        CallOutcome { unsafe gv_call_nanosleep(&time, nil) },
                        CallOutcome { unsafe gv_call_clock_nanosleep(clock, flags, &time, nil) },
                    ],
                    [
                        CallOutcome { unsafe nanosleep(&time, nil) },
                        CallOutcome { unsafe clock_nanosleep(clock, flags, &time, nil) },
                    ]
                )
            }
            return (calls.flatMap(\.0), calls.flatMap(\.1))
        }

        #expect(mine == real)
        #expect(mine.allSatisfy { $0.answer != 0 })
    }

    @Test func `is the real call on a thread without a hub`() throws {
        let outcome = try withoutHub { CallOutcome { gv_call_usleep(1000) } }

        #expect(outcome == CallOutcome(0, error: 77))
    }
}
