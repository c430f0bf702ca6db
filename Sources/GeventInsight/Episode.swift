// SPDX-License-Identifier: Apache-2.0
internal import CGeventInsight
internal import CGeventSwitch

/// A time in which a hub has not switched.
struct Episode {
    /// What the hub was seen at.
    let glance: gv_glance
    /// When it was first seen so.
    let start: UInt64
    /// The processor time that its thread had had by then.
    private let processorStart: UInt64
    /// For how long it was watched.
    ///
    /// Less than the time that passed if the watchdog itself stood still:
    /// a process that was stopped does not blame a greenlet for it.
    private(set) var watched: UInt64 = 0
    private var due: UInt64
    /// What was last told, which is nothing unless it is too long.
    var told: BlockedReport?
    private var place: (UInt64, UInt64)?

    /// A hub that is seen so for the first time.
    init(_ glance: gv_glance, now: UInt64, threshold: UInt64) {
        self.glance = glance
        start = now
        processorStart = gv_task_processor_time(glance.thread)
        due = threshold
    }

    /// A main greenlet that has its hub for itself keeps nobody waiting.
    var isOfInterest: Bool { !(glance.is_polling || (glance.is_main && glance.greenlets == 0)) }

    /// Notes that nothing has changed for so many nanoseconds more.
    mutating func goOn(_ nanoseconds: UInt64) { watched += nanoseconds }

    /// Whether it is to be told, with what the thread is at; `nil` if not.
    ///
    /// A thread that wants to run is to blame for the time that it had a processor only: on a busy
    /// machine it waits for one.
    func task() -> gv_task? {
        guard watched >= due else { return nil }
        let task = gv_task_look(glance.thread)
        if task.kind == GV_TASK_COMPUTES {
            let used = gv_task_processor_time(glance.thread) &- processorStart
            if used < due / 2 { return nil }
        }
        return task
    }

    /// Whether the thread waits at the very place where it did when it was last told of.
    func isStill(at task: gv_task) -> Bool {
        guard let place, told != nil, task.kind == GV_TASK_CALLS else { return false }
        return task.stack_pointer != 0 && place == (task.stack_pointer, task.program_counter)
    }

    /// Notes what was told; the next time is at one second, or ten times this one's.
    mutating func tell(_ report: BlockedReport, _ task: gv_task) {
        told = report
        place = (task.stack_pointer, task.program_counter)
        let second: UInt64 = 1_000_000_000
        due = due < second ? second : due.multipliedReportingOverflow(by: 10).partialValue
        while due <= watched { due *= 10 }
    }
}
