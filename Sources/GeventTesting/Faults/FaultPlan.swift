// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// Decides call by call what goes wrong.
final class FaultPlan {
    private struct Entry {
        let fault: Fault
        var generator: SeededGenerator
        var count = 0
        var hits = 0

        init(_ fault: Fault) {
            self.fault = fault
            if case .seeded(let seed, _) = fault.times {
                generator = SeededGenerator(seed: seed)
            } else {
                generator = SeededGenerator(seed: 0)
            }
        }

        /// Whether the next call is one of those.
        mutating func isDue() -> Bool {
            count += 1
            let isDue =
                switch fault.times {
                case .always: true
                case .calls(let range): range.contains(count)
                case .every(let number): number > 0 && count % number == 0
                case .seeded(_, let percent):
                    Int.random(in: 0..<100, using: &generator) < percent
                }
            if isDue { hits += 1 }
            return isDue
        }
    }

    private var entries: [Entry]
    /// Called when a call was told, by an error or a short answer, that there is no more for now.
    private let didLie: () -> Void

    init(_ faults: [Fault], didLie: @escaping () -> Void) {
        entries = faults.map(Entry.init)
        self.didLie = didLie
    }

    /// How many calls have gone wrong.
    var hits: Int { entries.reduce(0) { $0 + $1.hits } }

    /// What `call` fails with; `nil` if it does not.
    func failure(of call: String) -> Int32? {
        for index in entries.indices where entries[index].fault.call == call {
            guard case .failure(let error) = entries[index].fault.effect else { continue }
            guard entries[index].isDue() else { continue }
            if error == .wouldBlock { didLie() }
            return error.code
        }
        return nil
    }

    /// How many of `count` bytes `call` may move.
    func allowance(of call: String, _ count: Int) -> Int {
        var allowed = count
        for index in entries.indices where entries[index].fault.call == call {
            guard case .short(let most) = entries[index].fault.effect else { continue }
            if entries[index].isDue() { allowed = min(allowed, most) }
        }
        // A short answer says as well that there is no more for now.
        if allowed < count { didLie() }
        return allowed
    }
}

extension FaultError {
    /// Its number on Linux.
    var code: Int32 {
        switch self {
        case .interrupted: 4
        case .wouldBlock: 11
        case .noMemory: 12
        case .tooManyFilesEverywhere: 23
        case .tooManyFiles: 24
        case .brokenPipe: 32
        case .connectionAborted: 103
        case .connectionReset: 104
        case .noBuffers: 105
        case .connectionRefused: 111
        case .number(let number): number
        }
    }
}
