// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

/// Watches how greenlets of a hub take turns, for as long as a test wants to know.
package final class SwitchWatch {
    /// How many switches there have been.
    package private(set) var count = 0
    /// The longest time that somebody ran without a switch, in real nanoseconds.
    package private(set) var longestRun: UInt64 = 0
    private var lastSwitch = MonotonicClock.now

    fileprivate init() {}

    fileprivate func note() {
        count += 1
        let now = MonotonicClock.now
        longestRun = max(longestRun, now - lastSwitch)
        lastSwitch = now
    }

    fileprivate func finish() { longestRun = max(longestRun, MonotonicClock.now - lastSwitch) }
}

extension Hub {
    /// Runs `body`, and watches all switches of the hub meanwhile.
    ///
    /// Every wait counts from the first on, also one that nobody else makes use of.
    ///
    /// - Throws: What `body` throws.
    package func watchingSwitches<Value>(_ body: () throws -> Value) rethrows -> (
        Value, SwitchWatch
    ) {
        let watch = SwitchWatch()
        scheduler.switchWatches.append(watch)
        unsafe pointer.pointee.watch_switch = { hub in
            guard let hub = unsafe hub else { return }
            for watch in unsafe Scheduler.of(hub).switchWatches { watch.note() }
        }
        unsafe pointer.pointee.attention |= UInt32(GV_ATTEND_WATCH)
        // The next wait goes by the hub, even if it could end where it began.
        unsafe pointer.pointee.budget = 0
        defer {
            watch.finish()
            scheduler.switchWatches.removeAll { $0 === watch }
            if scheduler.switchWatches.isEmpty {
                unsafe pointer.pointee.attention &= ~UInt32(GV_ATTEND_WATCH)
            }
        }
        return (try body(), watch)
    }
}
