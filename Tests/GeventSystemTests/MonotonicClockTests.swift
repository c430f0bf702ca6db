// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Testing

@Suite struct MonotonicClockTests {
    @Test func `never runs backwards`() {
        var last = MonotonicClock.now

        for _ in 0..<1_000 {
            let now = MonotonicClock.now
            #expect(now >= last)
            last = now
        }
    }
}
