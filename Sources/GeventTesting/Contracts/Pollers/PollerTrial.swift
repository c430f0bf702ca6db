// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem
internal import Synchronization

/// One poller on trial for one clause of the contract.
struct PollerTrial: Trial {
    private typealias Report = (token: UInt64, readiness: PollReadiness)

    let subject: String
    let clause: PollerContract.Clause
    let poller: PollerContract.Subject

    /// What was opened: a release build ends what is not named any more, and closes its descriptor.
    private let kept = Kept()

    var clauseName: String { clause.rawValue }

    init(subject: String, clause: PollerContract.Clause, poller: PollerContract.Subject) {
        self.subject = subject
        self.clause = clause
        self.poller = poller
    }

    func run() throws { try withExtendedLifetime(kept) { try check() } }

    private func open() throws -> PollerContract.Source {
        let source = try poller.open()
        kept.sources.append(source)
        return source
    }

    private func check() throws {
        switch clause {
        case .reportsWhatIsReady: try checkReady()
        case .reportsChanges: try checkChanges()
        case .forgetsWhatHasEnded: try checkEnd()
        case .dropsWhatEndsMeanwhile: try checkEndMeanwhile()
        case .tellsRegistrationsApart: try checkGenerations()
        case .takesWhatComesMeanwhile: try checkComing()
        case .reportsAll: try checkMany()
        case .waitsLongEnough: try checkTime()
        case .isWoken: try checkWaking()
        case .isWokenByOthers: try checkOthers()
        }
    }

    private func look() throws -> [Report] {
        var reports: [Report] = []
        try poller.poll(.zero) { reports.append(($0, $1)) }
        return reports
    }

    private func checkReady() throws {
        let source = try open()
        let token = try poller.register(source.descriptor)
        let reports = try look()
        try require(reports.map(\.token) == [token], "reported \(reports)")
        try require(reports[0].readiness == .writable, "reported \(reports[0].readiness)")
    }

    private func checkChanges() throws {
        let source = try open()
        let token = try poller.register(source.descriptor)
        _ = try look()
        try require(try look().isEmpty, "reported what has not changed")
        for _ in 0..<2 {
            try source.makeReadable()
            let reports = try look()
            try require(reports.map(\.token) == [token], "reported \(reports)")
            try require(reports[0].readiness.contains(.readable), "did not say that it is readable")
            try require(try look().isEmpty, "reported what has not changed")
        }
    }

    private func checkEnd() throws {
        let source = try open()
        let token = try poller.register(source.descriptor)
        poller.deregister(token)
        try source.makeReadable()
        poller.deregister(token)
        let reports = try look()
        try require(reports.isEmpty, "reported \(reports)")
    }

    private func checkEndMeanwhile() throws {
        let sources = try (0..<3).map { _ in try open() }
        let tokens = try sources.map { try poller.register($0.descriptor) }
        var delivered = 0
        try poller.poll(.zero) { _, _ in
            delivered += 1
            for token in tokens { poller.deregister(token) }
        }
        try require(delivered == 1, "delivered \(delivered) events, two of what had ended")
    }

    private func checkGenerations() throws {
        let sources = try (0..<2).map { _ in try open() }
        let tokens = try sources.map { try poller.register($0.descriptor) }
        var delivered: [UInt64] = []
        var fresh: UInt64?
        try poller.poll(.zero) { token, _ in
            delivered.append(token)
            guard fresh == nil else { return }
            let other = token == tokens[0] ? 1 : 0
            poller.deregister(tokens[other])
            fresh = try? poller.register(sources[other].descriptor)
        }
        try require(delivered.count == 1, "gave an old event to a new registration")
        guard let fresh else { throw broken("cannot register a number again") }
        try require(!tokens.contains(fresh), "gave a new registration an old token")
        let reports = try look()
        try require(reports.map(\.token) == [fresh], "reported \(reports) of the new one")
        // What the old owner of the number does now concerns nobody.
        for token in tokens where token != delivered[0] { poller.deregister(token) }
        try sources[delivered[0] == tokens[0] ? 1 : 0].makeReadable()
        try require(try look().map(\.token) == [fresh], "an old token has ended the new one")
    }

    private func checkComing() throws {
        let first = try open()
        let second = try open()
        _ = try poller.register(first.descriptor)
        var token: UInt64?
        var count = 0
        try poller.poll(.zero) { _, _ in
            count += 1
            token = try? poller.register(second.descriptor)
        }
        try require(count == 1, "delivered \(count) events of one")
        let reports = try look()
        try require(reports.map(\.token) == [token], "reported \(reports) of the new one")
    }

    private func checkMany() throws {
        let sources = try (0..<300).map { _ in try open() }
        let tokens = try sources.map { try poller.register($0.descriptor) }
        var reported: [UInt64] = []
        for _ in 0..<300 where reported.count < 300 { reported += try look().map(\.token) }
        try require(reported.sorted() == tokens.sorted(), "reported \(reported.count) of 300")
        try require(try look().isEmpty, "reported some twice")
    }

    private func checkTime() throws {
        let start = MonotonicClock.now
        try poller.poll(.microseconds(1500)) { _, _ in }
        let waited = MonotonicClock.now - start
        try require(waited >= 1_500_000, "waited \(waited) of 1,500,000 ns")
    }

    private func checkWaking() throws {
        poller.wake()
        poller.wake()
        // Were they lost, this would not come back.
        try poller.poll(.seconds(60)) { _, _ in }
        try checkTime()
    }

    private func checkOthers() throws {
        let turns = WakingTurns()
        let wake = poller.wake
        let thread = try NativeThread(name: "wakes") {
            for number in 1...100 {
                while turns.asked.load(ordering: .acquiring) < number { CurrentThread.yield() }
                wake()
            }
        }
        var late = 0
        for _ in 1...100 {
            turns.asked.add(1, ordering: .releasing)
            let start = MonotonicClock.now
            try poller.poll(.seconds(10)) { _, _ in }
            if MonotonicClock.now - start >= 10_000_000_000 { late += 1 }
        }
        thread.join()
        try require(late == 0, "lost \(late) of 100 wake-ups")
    }
}

private final class WakingTurns: Sendable {
    let asked = Atomic(0)
}

private final class Kept {
    var sources: [PollerContract.Source] = []
}
