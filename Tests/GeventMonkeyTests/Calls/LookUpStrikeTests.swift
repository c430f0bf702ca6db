// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import GeventCore
import GeventSystem
import GeventTestSupport
import Glibc
import Synchronization
import Testing

@Suite struct LookUpStrikeTests {
    // One test for all calls: two that each held threads of the pool would wait for each other.
    @Test func `leaves a look-up to itself when something strikes`() throws {
        let (answers, areKilled) = try onPatchedHub(.realTime) {
            let jam = Jam(.names, threads: 10)
            var answers = ["", ""]
            var victims: [Greenlet<Void>] = []
            try jam.whenStuck {
                victims = [
                    spawn {
                        let question = AddressQuestion(node: "localhost", service: "80")
                        answers[0] = question.answer(isReal: false)
                        try sleep(.zero)
                    },
                    spawn {
                        answers[1] = text { unsafe gv_probe_host(false, "localhost", -1, $0) }
                        try sleep(.zero)
                    },
                ]
                try idle()
                for victim in victims { try victim.kill() }
            }
            return (answers, victims.map(\.isKilled))
        }

        #expect(
            answers == ["\(EAI_SYSTEM) errno \(ECANCELED) ", "h_errno -1 errno \(ECANCELED)"])
        #expect(areKilled == [true, true])
    }
}

/// Holds all threads of a pool, so that no job begins.
private struct Jam {
    private let gate = NativeSignal()
    private let held = Held()
    private let threads: Int

    init(_ pool: Offload, threads: Int) {
        self.threads = threads
        let (gate, held) = (gate, held)
        for _ in 0..<threads {
            _ = spawn {
                try pool.run {
                    held.count.add(1, ordering: .relaxed)
                    gate.wait()
                }
            }
        }
    }

    /// Runs `body` once all threads are held, and lets go.
    func whenStuck(_ body: () throws -> Void) throws {
        while held.count.load(ordering: .relaxed) < threads { try sleep(.milliseconds(1)) }
        defer { for _ in 0..<threads { gate.raise() } }
        try body()
    }
}

private final class Held: Sendable {
    let count = Atomic(0)
}
