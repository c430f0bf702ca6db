// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import GeventNet

@Suite struct AcceptPauseTests {
    @Test func `doubles from ten milliseconds to a second, and begins anew after a success`() {
        var pause = AcceptPause()

        let rests = (0..<9).map { _ in pause.next() / .milliseconds(1) }
        pause.reset()

        #expect(rests == [10, 20, 40, 80, 160, 320, 640, 1000, 1000])
        #expect(pause.next() == .milliseconds(10))
    }

    @Test func `is reported once a second, successes or not`() {
        var pause = AcceptPause()
        let second: UInt64 = 1_000_000_000

        var due = [pause.isReportDue(now: 5), pause.isReportDue(now: second)]
        pause.reset()
        due += [pause.isReportDue(now: second + 4), pause.isReportDue(now: second + 5)]

        #expect(due == [true, false, false, true])
    }
}
