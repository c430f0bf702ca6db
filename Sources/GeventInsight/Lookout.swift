// SPDX-License-Identifier: Apache-2.0
internal import CGeventInsight
internal import CGeventSwitch

/// What the watchdog knows of each hub, from one look to the next.
struct Lookout {
    /// How long a thread may take to answer: one that can does so within microseconds, on a busy machine in some
    /// milliseconds.
    private static let patience: UInt64 = 250_000_000

    private var episodes: [UInt64: Episode] = [:]
    /// How many hubs there were at the last look.
    private(set) var hubCount = 0

    /// Whether nobody ran at the last look.
    var isQuiet: Bool { episodes.values.allSatisfy { !$0.isOfInterest } }

    /// Looks at all hubs, `passed` nanoseconds after the last time.
    mutating func look(
        now: UInt64, passed: UInt64, threshold: UInt64, report: (BlockedReport) -> Void
    ) {
        let glances = Self.glances()
        hubCount = glances.count
        var before = episodes
        episodes = [:]
        for glance in glances {
            var episode =
                before.removeValue(forKey: glance.hub)
                ?? Episode(glance, now: now, threshold: threshold)
            if episode.glance.isLike(glance) {
                episode.goOn(passed)
                if episode.isOfInterest, let task = episode.task() {
                    tell(&episode, task, now: now, report)
                }
            } else {
                if let last = episode.told { report(last.ended(after: now - episode.start)) }
                episode = Episode(glance, now: now, threshold: threshold)
            }
            episodes[glance.hub] = episode
        }
        // Those of hubs that have closed.
        for episode in before.values {
            if let last = episode.told { report(last.ended(after: now - episode.start)) }
        }
    }

    private func tell(
        _ episode: inout Episode, _ task: gv_task, now: UInt64, _ report: (BlockedReport) -> Void
    ) {
        let duration = now - episode.start
        // Its stack is the same still, and another signal might end its call.
        if let last = episode.told, episode.isStill(at: task) {
            let next = last.continuing(after: duration)
            episode.tell(next, task)
            return report(next)
        }
        var sample = gv_sample()
        var glance = episode.glance
        // SAFETY: both are filled or read before the calls return; this is the only thread that asks.
        let answer = unsafe gv_sample_take(&glance, &sample, Self.patience)
        if answer == GV_MOVED_ON { return }
        if answer == GV_SILENT {
            if unsafe !gv_sample_peek(&glance, &sample) { return }
            // The kernel knows where it waits, if not how it came there.
            sample.frame_count = task.program_counter == 0 ? 0 : 1
            sample.frames.0 = UInt(task.program_counter)
        }
        let next = BlockedReport(
            stage: episode.told == nil ? .begun : .continuing, glance: glance, sample: sample,
            task: task, duration: duration)
        episode.tell(next, task)
        report(next)
    }

    private static func glances() -> [gv_glance] {
        var glances = [gv_glance](repeating: gv_glance(), count: 16)
        while true {
            let room = glances.count
            // SAFETY: the call fills as many as there is room for.
            let count = unsafe glances.withUnsafeMutableBufferPointer {
                unsafe gv_hubs_glance($0.baseAddress, room)
            }
            if count <= room { return Array(glances.prefix(count)) }
            glances = [gv_glance](repeating: gv_glance(), count: count * 2)
        }
    }
}

extension gv_glance {
    /// Whether nothing was switched between the two.
    func isLike(_ other: gv_glance) -> Bool {
        hub == other.hub && current == other.current && budget == other.budget
            && pulse == other.pulse
    }
}
