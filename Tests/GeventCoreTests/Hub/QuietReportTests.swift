// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct QuietReportTests {
    @Test func `says once who waits where only other threads can wake`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            try onHub {
                let hub = Hub.current
                hub.reportsWaitersAfter = .milliseconds(5)
                let remote = hub.remote
                let never = Greenlet<Void> {}
                let forgotten = spawn { _ = try never.join() }
                forgotten.name = "forgotten"
                let waker = try Elsewhere {
                    blockThread(.milliseconds(60))
                    try remote.runCallback { kill(forgotten) }
                }
                _ = try? forgotten.join()
                try waker.get()
            }
        }

        let lines = result.errorText.split(separator: "\n")
        #expect(lines.count { $0.contains("only other threads can wake") } == 1)
        #expect(lines.contains { $0.contains("forgotten waits in") })
    }
}
