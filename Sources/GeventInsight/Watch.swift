// SPDX-License-Identifier: Apache-2.0
internal import CGeventInsight
internal import CGeventSwitch
internal import GeventLoop
internal import GeventSystem
internal import Synchronization

/// A watchdog that runs, from its start to its stop.
final class Watch: Sendable {
    /// What it goes by.
    struct Settings: Sendable {
        var threshold: Duration
        var report: @Sendable (BlockedReport) -> Void
    }

    let settings: Guarded<Settings>
    private let signal = NativeSignal()
    private let ended = NativeSignal()
    private let isStopped = Atomic(false)
    private let thread = Atomic<Int32>(0)

    /// One that does not run yet.
    init(_ settings: Settings) { self.settings = Guarded(settings) }

    /// Starts its thread.
    func start() throws(SystemError) {
        _ = gv_sample_prepare()
        try NativeThread(name: "gevent-watchdog", takesSignals: false) { [self] in
            thread.store(CurrentThread.identifier, ordering: .relaxed)
            run()
            ended.raise()
        }.detach()
    }

    /// Ends it, and waits until it tells nothing more, unless it is itself that asks.
    func stop() {
        isStopped.store(true, ordering: .releasing)
        signal.raise()
        if thread.load(ordering: .relaxed) != CurrentThread.identifier { ended.wait() }
    }

    /// Looks again now: there is a hub, or another threshold.
    func look() { signal.raise() }

    private func run() {
        var lookout = Lookout()
        var last = MonotonicClock.now
        while !isStopped.load(ordering: .acquiring) {
            let settings = settings.withLock { $0 }
            let threshold = max(Deadline.after(settings.threshold, from: 0).nanoseconds, 1_000_000)
            let now = MonotonicClock.now
            lookout.look(
                now: now, passed: min(now - last, threshold), threshold: threshold,
                report: settings.report)
            last = now
            if lookout.hubCount == 0 {
                signal.wait()
                last = MonotonicClock.now
            } else {
                // Who begins to hold a hub is seen at the next look, and found to be long about it at a
                // later one. Where somebody runs they come twice as often.
                _ = signal.wait(nanoseconds: lookout.isQuiet ? threshold : threshold / 2)
            }
        }
    }
}
