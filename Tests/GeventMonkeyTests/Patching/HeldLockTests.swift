// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import GeventCore
import GeventInsight
import GeventMonkey
import GeventTestSupport
import Glibc
import Testing

/// A lock that is held while its holder gives way.
@Suite struct HeldLockTests {
    @Test func `is named by the watchdog when the hub stands still for it`() async {
        if isSanitized { return }  // A sanitizer in the program has the calls for itself.
        await #expect(processExitsWith: .success) {
            try Watchdog.start(threshold: .milliseconds(50)) { report in
                let isNamed = report.function == "gv_probe_sleep_holding"
                _exit(isNamed && "\(report)".contains("pthread_mutex_lock") ? 0 : 1)
            }
            try Monkey.patchAll()
            try twoHold()
        }
    }

    @Test func `keeps nobody waiting where threads are patched too`() async {
        if isSanitized { return }
        await #expect(processExitsWith: .success) {
            try Monkey.patchAll(.all)
            try twoHold()
        }
    }
}

private func twoHold() throws {
    try onHub(.realTime) {
        let greenlets = (0..<2).map { _ in spawn { gv_probe_sleep_holding() } }
        try joinAll(greenlets)
    }
}
