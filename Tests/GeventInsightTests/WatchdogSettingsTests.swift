// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventCore
import GeventInsight
import GeventTestSupport
import Testing

@Suite(.tags(.slow)) struct WatchdogSettingsTests {
    @Test func `goes by the settings of the last start`() async {
        await #expect(processExitsWith: .success) {
            let first = Told()
            let second = Told()
            let pipe = try BlockingPipe()
            try Watchdog.start(threshold: .seconds(3600)) { first.note($0) }
            try Watchdog.start(threshold: .milliseconds(20)) { report in
                second.note(report)
                pipe.release()
            }
            try must(Watchdog.threshold == .milliseconds(20), "\(Watchdog.threshold as Any)")

            try onHub(.realTime) { _ = try spawnReader(of: pipe).join() }

            _ = second.first { $0.stage == .begun }
            try must(first.reports.isEmpty, "\(first.reports)")
        }
    }

    @Test func `starts again after a stop`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            let pipe = try BlockingPipe()
            try Watchdog.start(threshold: .milliseconds(20))
            Watchdog.stop()
            Watchdog.stop()

            try Watchdog.start(threshold: .milliseconds(20)) { report in
                told.note(report)
                pipe.release()
            }
            try onHub(.realTime) { _ = try spawnReader(of: pipe).join() }

            _ = told.first { $0.stage == .begun }
        }
    }

    @Test func `can be stopped by a report`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            let pipe = try BlockingPipe()
            try Watchdog.start(threshold: .milliseconds(20)) { report in
                told.note(report)
                Watchdog.stop()
                pipe.release()
            }

            try onHub(.realTime) { _ = try spawnReader(of: pipe).join() }

            _ = told.first { $0.stage == .begun }
            try must(Watchdog.threshold == nil, "not stopped")
        }
    }

    @Test func `is switched off by the environment`() async {
        await #expect(processExitsWith: .success) {
            unsafe gv_probe_set_environment("GEVENT_WATCHDOG", "off")

            try Watchdog.start()

            try must(Watchdog.threshold == nil, "\(Watchdog.threshold as Any)")
        }
    }

    @Test func `takes its threshold from the environment`() async {
        await #expect(processExitsWith: .success) {
            unsafe gv_probe_set_environment("GEVENT_WATCHDOG", "250")

            try Watchdog.start(threshold: .milliseconds(20))

            try must(Watchdog.threshold == .milliseconds(250), "\(Watchdog.threshold as Any)")
        }
    }

    @Test func `writes to standard error unless told otherwise`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            try Watchdog.start(threshold: .milliseconds(20))
            let pipe = try BlockingPipe()
            try onHub(.realTime) {
                let releaser = try Elsewhere {
                    try onHub(.realTime) { try sleep(.milliseconds(500)) }
                    pipe.release()
                }
                _ = try spawnReader(of: pipe).join()
                // Nobody can ask what has been written; a busy machine gets a second for it.
                try sleep(.seconds(1))
                try releaser.get()
            }
            Watchdog.stop()
        }

        let text = result.errorText
        #expect(text.contains("gevent: greenlet \"reader\" of hub "))
        #expect(text.contains("  it waits in the system call read, in read, called by "))
        #expect(text.contains("  to do: patch the call (GeventMonkey)"))
        #expect(text.contains("has let go, after "))
    }
}
