// A watchdog tells of greenlets that hold their hub, so that nobody else in it runs.

import Foundation
import Gevent
import GeventInsight

let reports = Queue<BlockedReport>()
try Watchdog.start(threshold: .milliseconds(50)) { try? reports.put($0) }

let careless = spawn { Thread.sleep(forTimeInterval: 0.3) }
careless.name = "careless"

let report = try reports.get()
print(report.greenlet, report.duration < .milliseconds(50) ? "is quick" : "holds its hub")
print(report.stack.isEmpty ? "nobody knows where" : "its stack says where")

let last = try reports.get()
print(last.stage, last.duration >= report.duration)
Watchdog.stop()
