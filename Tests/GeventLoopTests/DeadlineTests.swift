// SPDX-License-Identifier: Apache-2.0

import GeventLoop
import Testing

@Suite struct DeadlineTests {
    @Test(
        arguments: [
            (Duration.zero, 1_000),
            (.seconds(-1), 1_000),
            (.seconds(Int64.min), 1_000),
            (.nanoseconds(1), 1_001),
            (.microseconds(3), 4_000),
            (.seconds(315_360_000), 315_360_000_000_001_000),
        ] as [(Duration, UInt64)])
    func `lies its duration after now, or is now`(duration: Duration, expected: UInt64) {
        #expect(Deadline.after(duration, from: 1_000) == Deadline(nanoseconds: expected))
    }

    @Test(arguments: [1, 999_999_999, 1_000_000_001] as [Int64])
    func `counts a part of a nanosecond as a whole one`(attoseconds: Int64) {
        let duration = Duration(secondsComponent: 0, attosecondsComponent: attoseconds)

        let whole = UInt64((attoseconds + 999_999_999) / 1_000_000_000)
        #expect(Deadline.after(duration, from: 7).nanoseconds == 7 + whole)
    }

    @Test(arguments: [
        Duration.seconds(Int64.max),
        .seconds(18_446_744_074),
        Duration(secondsComponent: .max, attosecondsComponent: 999_999_999_999_999_999),
    ])
    func `never comes when the clock cannot count so far`(duration: Duration) {
        #expect(Deadline.after(duration, from: 0) == .distantFuture)
    }

    @Test func `never comes when the sum is too large`() {
        let late = UInt64.max - 10

        #expect(Deadline.after(.nanoseconds(9), from: late).nanoseconds == UInt64.max - 1)
        #expect(Deadline.after(.nanoseconds(10), from: late) == .distantFuture)
        #expect(Deadline.after(.nanoseconds(11), from: late) == .distantFuture)
    }

    @Test func `takes the longest duration that the clock can count`() {
        let duration = Duration(
            secondsComponent: 18_446_744_073, attosecondsComponent: 709_551_614_000_000_000)

        #expect(Deadline.after(duration, from: 0).nanoseconds == UInt64.max - 1)
    }

    @Test func `says how much is left`() {
        let deadline = Deadline(nanoseconds: 50)

        #expect(deadline.nanosecondsLeft(at: 20) == 30)
        #expect(deadline.nanosecondsLeft(at: 50) == 0)
        #expect(deadline.nanosecondsLeft(at: 51) == 0)
        #expect(Deadline.distantFuture.nanosecondsLeft(at: 51) == nil)
    }

    @Test func `comes in the order of the clock`() {
        #expect(Deadline(nanoseconds: 1) < Deadline(nanoseconds: 2))
        #expect(Deadline(nanoseconds: 2) < .distantFuture)
    }
}
