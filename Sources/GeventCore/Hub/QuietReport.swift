// SPDX-License-Identifier: Apache-2.0
internal import GeventLoop
internal import GeventSystem

/// Tells, once for each time, that a hub has slept long with nobody but other threads to wake it.
///
/// A hub that others may speak to cannot know that they never will, so it does not end by ``LoopExit``;
/// this is what tells of a wake-up that was forgotten.
struct QuietReport {
    /// How long it may sleep untold; `nil` tells never.
    var delay: Duration? = .seconds(10)
    private var since: UInt64?
    private var isTold = false

    /// How many nanoseconds are left until it is to be told; `nil` if it is not.
    mutating func patience(now: UInt64) -> UInt64? {
        guard let delay, !isTold else { return nil }
        let start = since ?? now
        since = start
        return Deadline.after(delay, from: start).nanosecondsLeft(at: now)
    }

    /// Whether it is to be told now; then it is not any more.
    mutating func isDue(now: UInt64) -> Bool {
        guard patience(now: now) == 0 else { return false }
        isTold = true
        return true
    }

    /// Something has happened.
    mutating func reset() {
        since = nil
        isTold = false
    }
}

extension Hub {
    /// After how long a hub that only other threads can wake says on standard error who waits in it,
    /// and for what; `nil` is never.
    ///
    /// It says so once, until something happens.
    public var reportsWaitersAfter: Duration? {
        get { quiet.delay }
        set { quiet.delay = newValue }
    }

    /// Whether nothing but another thread can wake anybody, and somebody wants to be woken.
    var waitsForOthers: Bool {
        scheduler.timers.referencedCount == 0 && scheduler.outsideWaits == 0 && greenletCount > 0
    }

    /// Says who waits.
    func reportWaiters() {
        StandardError.write(
            "gevent: nothing has happened for \(quiet.delay ?? .zero) in a hub that only other threads can wake\n"
                + LoopExit(hub: self).list + "\n")
    }
}
