// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventCore
import GeventInsight
import GeventSystem
import GeventTestSupport
import Testing

/// Of what a watchdog must not tell.
@Suite(.tags(.slow)) struct WatchdogSilenceTests {
    @Test func `says nothing of a hub that waits`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            try Watchdog.start(threshold: .milliseconds(20)) { told.note($0) }

            try onHub(.realTime) {
                spawn { try sleep(.seconds(60)) }
                try sleep(.seconds(1))
            }

            try must(told.reports.isEmpty, "\(told.reports)")
        }
    }

    @Test func `says nothing of a hub that switches all the time`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            // A host that is busy takes the processor away for tens of milliseconds, which count as ours.
            try Watchdog.start(threshold: .milliseconds(100)) { told.note($0) }

            try onHub(.realTime) {
                var end = Hub.current.now + .milliseconds(300)
                let others = (0..<4).map { _ in
                    spawn { while Hub.current.now < end { try sleep(.zero) } }
                }
                _ = try joinAll(others)
                end = Hub.current.now + .milliseconds(300)
                // One alone, which takes turns with nobody but the hub's own loop.
                let lone = spawn { while Hub.current.now < end { try sleep(.microseconds(100)) } }
                _ = try lone.join()
            }

            try must(told.reports.isEmpty, "\(told.reports)")
        }
    }

    @Test func `says nothing of a main greenlet that has its hub for itself`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            try Watchdog.start(threshold: .milliseconds(10)) { told.note($0) }

            try onHub(.realTime) { blockThread(.milliseconds(200)) }

            try must(told.reports.isEmpty, "\(told.reports)")
        }
    }

    @Test func `says nothing once it is stopped`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            try Watchdog.start(threshold: .milliseconds(10)) { told.note($0) }
            try must(Watchdog.threshold == .milliseconds(10), "not started")

            Watchdog.stop()
            try onHub(.realTime) { _ = try spawn { blockThread(.milliseconds(200)) }.join() }

            try must(Watchdog.threshold == nil, "not stopped")
            try must(told.reports.isEmpty, "\(told.reports)")
        }
    }

    @Test func `says nothing where the machine is busy with others`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            try Watchdog.start { told.note($0) }
            let isOver = Flag()
            let others = try (0..<4).map { _ in try Elsewhere { isOver.spin() } }

            let hubs = try (0..<2).map { _ in
                try Elsewhere {
                    try onHub(.realTime) {
                        let end = Hub.current.now + .seconds(10)
                        let workers = (0..<8).map { _ in
                            spawn {
                                while Hub.current.now < end {
                                    blockThread(.milliseconds(1))
                                    try sleep(.milliseconds(2))
                                }
                            }
                        }
                        _ = try joinAll(workers)
                    }
                }
            }
            for hub in hubs { try hub.get() }
            isOver.set()
            for other in others { try other.get() }

            try must(told.reports.isEmpty, "\(told.reports)")
        }
    }
}

/// Blocks the whole thread, greenlets and all.
private func blockThread(_ duration: Duration) {
    let end = ContinuousClock.now + duration
    while ContinuousClock.now < end {}
}
