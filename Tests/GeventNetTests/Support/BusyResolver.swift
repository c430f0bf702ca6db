// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSystem
import Synchronization

/// Takes all the threads that look up names, so that a look-up waits until they are given back.
final class BusyResolver {
    /// How many there are.
    static let threadCount = 10

    private final class Jobs: Sendable {
        let gate = NativeSignal()
        let running = Atomic(0)
    }

    private let jobs = Jobs()
    private var holders: [AnyGreenlet] = []

    init() throws {
        let jobs = jobs
        holders = (0..<Self.threadCount).map { _ in
            spawn {
                try Offload.names.run {
                    jobs.running.add(1, ordering: .relaxed)
                    jobs.gate.wait()
                }
            }
        }
        while jobs.running.load(ordering: .relaxed) < Self.threadCount {
            try sleep(.milliseconds(1))
        }
    }

    /// Gives the threads back.
    func release() {
        for _ in 0..<Self.threadCount { jobs.gate.raise() }
    }
}
