// SPDX-License-Identifier: Apache-2.0
internal import CGeventInsight
internal import CGeventSwitch
internal import GeventSystem

extension BlockedReport {
    /// What was found out about a hub that is held.
    init(stage: Stage, glance: gv_glance, sample: gv_sample, task: gv_task, duration: UInt64) {
        let native = NativeStack(sample)
        self.stage = stage
        hub = glance.hub
        thread = glance.thread
        greenlet = Self.name(glance, sample)
        let file = unsafe NativeStack.text(of: sample.site)
        spawnSite = glance.is_loop || file.isEmpty ? nil : "\(file):\(sample.line)"
        self.duration = .nanoseconds(duration)
        activity = Activity(task)
        call = native.call
        library = native.library
        function = native.function
        stack = native.frames
    }

    /// The same, some time later.
    func continuing(after nanoseconds: UInt64) -> BlockedReport {
        BlockedReport(self, .continuing, nanoseconds)
    }

    /// The same, when it is over.
    func ended(after nanoseconds: UInt64) -> BlockedReport {
        BlockedReport(self, .ended, nanoseconds)
    }

    private init(_ other: BlockedReport, _ stage: Stage, _ nanoseconds: UInt64) {
        self.stage = stage
        hub = other.hub
        thread = other.thread
        greenlet = other.greenlet
        spawnSite = other.spawnSite
        duration = .nanoseconds(nanoseconds)
        activity = other.activity
        call = other.call
        library = other.library
        function = other.function
        stack = other.stack
    }

    private static func name(_ glance: gv_glance, _ sample: gv_sample) -> String {
        if glance.is_loop { return callback }
        let name = unsafe NativeStack.text(of: sample.name)
        if !name.isEmpty { return "greenlet \"\(name)\"" }
        return glance.is_main ? "the main greenlet" : "greenlet #\(sample.serial)"
    }
}

extension BlockedReport.Activity {
    /// What the kernel says of a thread.
    init(_ task: gv_task) {
        self =
            switch task.kind {
            case GV_TASK_COMPUTES: .computing
            case GV_TASK_CALLS:
                // SAFETY: the names are constants.
                .waiting(
                    systemCall: unsafe gv_call_name(task.call).map { unsafe String(cString: $0) })
            case GV_TASK_FAULTS: .loadingMemory
            default: .unknown
            }
    }
}
