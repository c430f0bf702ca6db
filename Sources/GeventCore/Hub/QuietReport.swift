// SPDX-License-Identifier: Apache-2.0
internal import GeventLoop

/// Tells, once for each time, that a hub has slept long with nobody but other threads to wake it.
///
/// A hub that others may speak to cannot know that they never will, so it does not end by ``LoopExit``;
/// this is what tells of a wake-up that was forgotten.
final class QuietReport {
    /// How long it may sleep untold; `nil` tells never.
    var delay: Duration? = .seconds(10)
    private var since: UInt64?
    private var isTold = false

    /// How many nanoseconds are left until it is to be told; `nil` if it is not.
    func patience(now: UInt64) -> UInt64? {
        guard let delay, !isTold else { return nil }
        let start = since ?? now
        since = start
        return Deadline.after(delay, from: start).nanosecondsLeft(at: now)
    }

    /// Whether it is to be told now; then it is not any more.
    func isDue(now: UInt64) -> Bool {
        guard patience(now: now) == 0 else { return false }
        isTold = true
        return true
    }

    /// Something has happened.
    func reset() {
        since = nil
        isTold = false
    }
}
