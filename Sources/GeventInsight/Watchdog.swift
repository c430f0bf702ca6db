// SPDX-License-Identifier: Apache-2.0
internal import CGeventInsight
internal import CGeventSwitch
internal import GeventSystem

/// Tells of greenlets that hold their hub: they block or compute, and nobody else in it runs.
///
/// ```swift
/// try Watchdog.start()
/// spawn { usleep(500_000) }  // blocks the thread: told after 0.1 s, and again when it is over
/// ```
///
/// One thread watches all hubs of the process from outside, so a hub pays nothing for it: no switch,
/// wait or wake-up does anything more. A hub that waits for something to happen is not told of, nor a
/// main greenlet that has its hub for itself, nor a thread that only waits for a processor.
///
/// An episode is told of once when it has lasted for the threshold, again while it goes on, at one
/// second, ten, a hundred and so on, and once when it is over. A hub is looked at every half a
/// threshold, or every threshold where nobody runs, so a time is right to one threshold.
///
/// Each report asks the hub's thread for its stack by a signal: the highest real-time signal that
/// nobody handled when the first watchdog started, and whose handler stays. It ends a system call
/// with `EINTR` where the kernel does not begin that again, as with `nanosleep` and `poll`
/// (signal(7)). A thread that goes on waiting at the same place is not asked again. A thread that
/// blocks the signal does not answer within a quarter of a second, and is told of without a stack: one
/// that a worker of Dispatch has started does, unless its hub is made while a watchdog runs.
///
/// The environment overrides the program: `GEVENT_WATCHDOG=off` starts none, and a number there is the
/// threshold in milliseconds. A child made by `fork` has none until it starts its own.
///
/// gevent: `Hub.start_periodic_monitoring_thread`, `GEVENT_MONITOR_THREAD_ENABLE`, `max_blocking_time`.
public enum Watchdog {
    private struct State {
        var watch: Watch?
        var process: Int32 = 0
    }

    private static let state = Guarded(State())

    /// Watches all hubs from now on; if it does so already, goes by the new threshold and report.
    ///
    /// - Parameters:
    ///   - threshold: How long a hub may be held untold; a millisecond at least.
    ///   - report: Called with each report, on a thread of the watchdog's own, which has no hub: it may
    ///     block, and what it keeps waiting are further reports.
    /// - Throws: `SystemError` if no thread can be had.
    ///
    /// gevent: `Hub.start_periodic_monitoring_thread`.
    public static func start(
        threshold: Duration = .milliseconds(100),
        report: @escaping @Sendable (BlockedReport) -> Void = { Watchdog.printReport($0) }
    ) throws {
        var settings = Watch.Settings(threshold: threshold, report: report)
        if let text = Environment.value("GEVENT_WATCHDOG") {
            if text == "off" { return }
            if let count = Int(text), count > 0 { settings.threshold = .milliseconds(count) }
        }
        try state.withLock { state in
            if let watch = state.watch, state.process == CurrentThread.process {
                watch.settings.withLock { $0 = settings }
                return watch.look()
            }
            let watch = Watch(settings)
            try watch.start()
            state = State(watch: watch, process: CurrentThread.process)
        }
        gv_hubs_notify { Watchdog.greet() }
    }

    /// Watches no more.
    ///
    /// Once this has returned nothing is told, unless a report has called it. It waits for a report that
    /// is under way, and does nothing if nobody watches.
    ///
    /// gevent: `PeriodicMonitoringThread.kill`.
    public static func stop() {
        let watch = state.withLock { state in
            defer { state = State() }
            return state.process == CurrentThread.process ? state.watch : nil
        }
        gv_hubs_notify(nil)
        watch?.stop()
    }

    /// How long a hub may be held untold; `nil` if nobody watches.
    ///
    /// gevent: `GEVENT_MAX_BLOCKING_TIME`.
    public static var threshold: Duration? {
        state.withLock { state in
            guard state.process == CurrentThread.process else { return nil }
            return state.watch?.settings.withLock { $0.threshold }
        }
    }

    /// Writes a report to standard error, as the watchdog does unless told otherwise.
    ///
    /// gevent: the hub's `exception_stream`.
    public static func printReport(_ report: BlockedReport) {
        StandardError.write("gevent: \(report)\n")
    }

    // On the thread of a new hub; the first one ends the sleep of a watchdog that has had none to look at.
    private static func greet() {
        gv_sample_admit()
        state.withLock { $0.watch }?.look()
    }
}
