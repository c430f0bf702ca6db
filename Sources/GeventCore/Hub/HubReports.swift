// SPDX-License-Identifier: Apache-2.0
internal import GeventLoop
internal import GeventSystem

extension Hub {
    /// After how long a hub that only other threads can wake says on standard error who waits in it,
    /// and for what; `nil` is never.
    ///
    /// It says so once, until something happens.
    public var reportsWaitersAfter: Duration? {
        get { quiet.delay }
        set { quiet.delay = newValue }
    }

    /// Hands an error that nobody collects to ``errorHandler``.
    package func report(_ failure: Failure) { scheduler.report(failure) }

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
