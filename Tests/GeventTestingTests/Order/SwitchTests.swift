// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTesting
import Testing

@Suite struct SwitchTests {
    @Test func `passes what lets others run, and what does not`() throws {
        try TestHub().run {
            let queue = Queue<Int>()
            try assertNoSwitch { try queue.put(1) }
            try assertNoSwitch { _ = try queue.get() }
            try assertSwitches { try sleep(.zero) }
            try assertSwitches { try sleep(.milliseconds(1)) }
            try assertSwitches { _ = try? queue.get(timeout: .milliseconds(1)) }
        }
    }

    @Test func `counts a wait of whoever is alone`() throws {
        let error = TestHub().error { try assertNoSwitch { try sleep(.zero) } }

        #expect(error is NoSwitchExpected)
    }

    @Test func `refuses what never lets others run`() throws {
        let error = TestHub().error { try assertSwitches { Event().set() } }

        #expect(error is SwitchesExpected)
    }

    @Test func `finds who runs too long among those who take turns`() throws {
        let error = TestHub().error {
            let hog = spawn {
                let end = ContinuousClock.now + .milliseconds(20)
                while ContinuousClock.now < end {}
            }
            try assertSwitches(within: .milliseconds(10)) { try hog.join() }
        }

        let found = try #require(error as? RanTooLong)
        #expect(found.duration >= .milliseconds(20) && found.allowed == .milliseconds(10))
    }

    @Test func `passes on what the body throws`() throws {
        struct Broken: Error {}

        #expect(TestHub().error { try assertSwitches { throw Broken() } } is Broken)
        #expect(TestHub().error { try assertNoSwitch { throw Broken() } } is Broken)
    }

    @Test func `may be put into one another`() throws {
        try TestHub().run {
            try assertSwitches {
                try sleep(.zero)
                try assertNoSwitch { Event().set() }
            }
        }
    }

    @Test func `waits until every other greenlet is parked`() throws {
        let steps = try TestHub().run {
            var steps = 0
            spawn {
                for _ in 0..<50 {
                    try sleep(.zero)
                    steps += 1
                }
                try Event().wait(timeout: .seconds(5))
                steps += 1_000
            }
            try waitUntilAllParked()
            return steps
        }

        #expect(steps == 50)
    }
}
