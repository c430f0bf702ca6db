// SPDX-License-Identifier: Apache-2.0
internal import CGeventPatch
internal import GeventCore
internal import Synchronization

/// A function of C with what it works on.
typealias CFunction = @convention(c) (UnsafeMutableRawPointer?) -> Void

private func pool(_ number: UInt32) -> Offload {
    switch Int(number) {
    case GV_POOL_NAMES: .names
    case GV_POOL_CHILDREN: .children
    default: .files
    }
}

/// Implements `gv_hooks.offload`.
func offload(_ number: UInt32, _ job: CFunction?, _ context: UnsafeMutableRawPointer?) {
    // SAFETY: the greenlet waits for the end of the job, so its memory stays.
    nonisolated(unsafe) let context = unsafe context
    ForeignCode.runDeaf { try pool(number).run { unsafe job?(context) } }
}

/// Implements `gv_hooks.offload_owned`.
func offloadOwned(
    _ number: UInt32, _ job: CFunction?, _ drop: CFunction?, _ context: UnsafeMutableRawPointer?
) -> Int {
    let owned = unsafe OwnedJob(job: job, drop: drop, context: context)
    let answer = ForeignCode.run {
        try pool(number).run { owned.run() }
        return 0
    }
    return answer == 0 || owned.giveUp() ? answer : 0
}

/// A job whose memory goes to whoever is the last to need it.
@safe private final class OwnedJob: @unchecked Sendable {
    private enum Stage { static let waiting = 0, running = 1, done = 2, givenUp = 3 }

    private let job: CFunction?
    private let drop: CFunction?
    // SAFETY: used by the one who decided `stage`.
    private let context: UnsafeMutableRawPointer?
    private let stage = Atomic(Stage.waiting)

    init(job: CFunction?, drop: CFunction?, context: UnsafeMutableRawPointer?) {
        unsafe (self.job, self.drop, self.context) = (job, drop, context)
    }

    func run() {
        guard move(from: Stage.waiting, to: Stage.running) else { return }
        unsafe job?(context)
        if !move(from: Stage.running, to: Stage.done) { unsafe drop?(context) }
    }

    /// Leaves the job to itself; false if it is done, and its memory is the caller's.
    func giveUp() -> Bool {
        if move(from: Stage.waiting, to: Stage.givenUp) {
            unsafe drop?(context)
            return true
        }
        return move(from: Stage.running, to: Stage.givenUp)
    }

    private func move(from old: Int, to new: Int) -> Bool {
        stage.compareExchange(expected: old, desired: new, ordering: .acquiringAndReleasing)
            .exchanged
    }
}
