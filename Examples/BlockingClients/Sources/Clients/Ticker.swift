// SPDX-License-Identifier: Apache-2.0
import Gevent

/// Runs `body` in a greenlet beside one that wakes every 10 ms, which must never be late by more than 100 ms.
func ticking(_ what: String, _ body: @escaping () throws -> Void) throws {
    let clock = ContinuousClock()
    var latest = Duration.zero
    var count = 0
    let ticker = spawn {
        while true {
            let due = clock.now + .milliseconds(10)
            try Gevent.sleep(.milliseconds(10))
            latest = max(latest, clock.now - due)
            count += 1
        }
    }
    defer { kill(ticker) }
    try Gevent.sleep(.milliseconds(20))
    let took = try seconds { try spawn { try body() }.get() }
    // One more turn, so that it is seen how late it is now.
    try Gevent.sleep(.milliseconds(20))
    let late = "\(rounded(Double(latest.components.attoseconds) / 1e15)) ms"
    try check(latest <= .milliseconds(100), "\(what): the ticker was late by \(latest)")
    print("\(what): \(rounded(took)) s, \(count) ticks, the latest by \(late)")
}
