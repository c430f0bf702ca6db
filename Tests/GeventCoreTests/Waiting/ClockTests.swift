// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSystem
import GeventTestSupport
import Glibc
import Testing

@Suite struct ClockTests {
    @Test func `counts a sleep from now, though the thread was blocked before`() throws {
        let elapsed = try onHub(.realTime) {
            try sleep(.milliseconds(1))
            blockThread(.milliseconds(20))
            let start = SuspendingClock.now
            try sleep(.milliseconds(5))
            return SuspendingClock.now - start
        }

        #expect(elapsed >= .milliseconds(5))
    }

    @Test func `counts a Timeout from now, though the thread was blocked before`() throws {
        let elapsed = try onHub(.realTime) {
            try sleep(.milliseconds(1))
            blockThread(.milliseconds(20))
            let start = SuspendingClock.now
            _ = errorOf { try withTimeout(.milliseconds(5)) { try sleep(.seconds(60)) } }
            return SuspendingClock.now - start
        }

        #expect(elapsed >= .milliseconds(5))
    }

    @Test func `counts a delayed start from now, though the thread was blocked before`() throws {
        let elapsed = try onHub(.realTime) {
            try sleep(.milliseconds(1))
            blockThread(.milliseconds(20))
            let start = SuspendingClock.now
            return try spawn(after: .milliseconds(5)) { SuspendingClock.now - start }.get()
        }

        #expect(elapsed >= .milliseconds(5))
    }

    @Test(.tags(.slow)) func `fires each timer once when the process had been stopped`() async {
        await #expect(processExitsWith: .success) {
            try onHub(.realTime) {
                var fires = [Int](repeating: 0, count: 60)
                for index in 0..<20 {
                    let delay = Duration.milliseconds(10 + index)
                    spawn(after: delay) { fires[index] += 1 }
                    spawn {
                        try sleep(delay)
                        fires[20 + index] += 1
                    }
                    spawn {
                        do { try withTimeout(delay) { try sleep(.seconds(60)) } } catch is Timeout {
                            fires[40 + index] += 1
                        }
                    }
                }
                try sleep(.zero)
                let stopper = try NativeThread(name: "stopper") { stopProcess(seconds: "0.1") }
                try Hub.current.join()
                stopper.join()
                try Hub.current.join()
                guard fires == [Int](repeating: 1, count: 60) else { exit(EXIT_FAILURE) }
            }
        }
    }

    @Test(.tags(.slow)) func `takes no notice of a wall clock that leaps by a year`() throws {
        // Their libraries do not live beside the one that moves the clock.
        if isSanitized { return }

        let child = try LeapingChild()

        #expect(try child.wallClockLeaps())
        let (status, report) = try child.run(tests: "SleepTests|WithTimeoutTests")

        #expect(status == 0, "\(report)")
    }
}

/// Stops the whole process for a while.
private func stopProcess(seconds: String) {
    // The shell outlives the stop, and its `sleep` is no affair of the hub's.
    _ = unsafe system("kill -STOP $PPID; sleep \(seconds); kill -CONT $PPID")
}
