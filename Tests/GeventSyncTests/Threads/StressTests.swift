// SPDX-License-Identifier: Apache-2.0
import Foundation
import GeventCore
import GeventSync
import GeventSystem
import GeventTestSupport
import GeventTesting
import Testing

/// Eight threads, four of them with a hub, at every primitive at once, with time limits and kills.
@Suite struct StressTests {
    /// A number from the environment; `scripts/stress` sets them.
    private static func setting(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test func `nothing is lost, doubled or left behind`() throws {
        let seed = UInt64(Self.setting("GEVENT_SEED") ?? 1)
        let seconds = Self.setting("GEVENT_STRESS_SECONDS")
        let operations =
            Self.setting("GEVENT_STRESS_OPERATIONS") ?? (seconds == nil ? 20_000 : 200_000)
        let start = ContinuousClock.now
        var round: UInt64 = 0
        repeat {
            try Self.run(operations: operations, seed: seed + round)
            round += 1
        } while seconds.map { ContinuousClock.now - start < .seconds($0) } ?? false
    }

    private static func run(operations: Int, seed: UInt64) throws {
        let stress = Stress(operations: operations)

        let threads = try (0..<4).map { place in
            [
                try Elsewhere { try onHub { try Self.crowd(stress, place: place, seed: seed) } },
                try Elsewhere {
                    var worker = StressWorker(
                        stress, number: place, seed: seed, mayHaveHub: false)
                    try worker.work()
                    if Hub.currentIfExists != nil { throw HubWasMade() }
                },
            ]
        }
        for thread in threads.joined() { try thread.get() }

        #expect(stress.verdict() == [], "seed \(seed), \(operations) operations")
    }

    /// Workers of one hub, and one who kills them, each of which is followed by another.
    private static func crowd(_ stress: Stress, place: Int, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed ^ UInt64(place + 1))
        stress.remotes.withLock { $0.append(Hub.current.remote) }
        var made = 4 + place * 1_000_000
        func hire() -> Greenlet<Void> {
            made += 1
            let number = made
            return spawn {
                var worker = StressWorker(stress, number: number, seed: seed, mayHaveHub: true)
                try worker.work()
            }
        }
        var workers = (0..<8).map { _ in hire() }
        while workers.contains(where: { !$0.isReady }) {
            let victim = Int.random(in: 0..<workers.count, using: &random)
            if !workers[victim].isReady {
                kill(workers[victim])
                workers[victim] = hire()
            }
            try sleep(.microseconds(200))
        }
        try joinAll(workers, raiseError: true)
        try joinAll(Hub.current.greenlets, timeout: .seconds(30))
    }
}
