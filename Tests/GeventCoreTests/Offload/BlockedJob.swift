// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSystem
import Synchronization

/// A job that blocks its thread until it is let go, and counts.
final class BlockedJob: Sendable {
    private let gate = NativeSignal()
    private let now = Atomic(0)
    private let most = Atomic(0)
    fileprivate let dropped = Atomic(0)

    /// How many threads it blocks.
    var running: Int { now.load(ordering: .relaxed) }

    /// The most threads that it has blocked at once.
    var mostRunning: Int { most.load(ordering: .relaxed) }

    /// Blocks the thread until somebody has called `release`.
    func block() {
        let running = now.add(1, ordering: .relaxed).newValue
        most.max(running, ordering: .relaxed)
        gate.wait()
        now.subtract(1, ordering: .relaxed)
    }

    /// Lets one thread go, now or later.
    func release() { gate.raise() }

    /// Lets others run until it blocks so many threads.
    func untilRunning(_ count: Int) throws {
        while running < count { try sleep(.milliseconds(1)) }
    }

    /// Lets others run until so many results have been dropped.
    func untilDropped(_ count: Int) throws {
        while dropped.load(ordering: .relaxed) < count { try sleep(.milliseconds(1)) }
    }
}

/// What a job returns when nobody waits for it any more.
final class Late: Sendable {
    private let job: BlockedJob

    init(_ job: BlockedJob) { self.job = job }

    deinit { job.dropped.add(1, ordering: .relaxed) }
}
