// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSync

/// Makes steps in several greenlets happen in the order of their numbers.
///
/// ```swift
/// let step = Sequencer()
/// let other = spawn {
///     try step(0) { cache.fill() }
///     try step(2) { cache.empty() }
/// }
/// try step(1) { #expect(cache.isFull) }
/// ```
///
/// gevent: none; trio's `Sequencer`.
public final class Sequencer {
    private var next = 0
    private var taken: Set<Int> = []
    private var turns: [Int: Event] = [:]
    private var brokenAt: Int?

    /// One whose first step is number 0.
    public init() {}

    /// Runs `body` once every step of a lower number has ended.
    ///
    /// > Suspends: When steps of lower numbers have not ended.
    ///
    /// - Parameters:
    ///   - number: When it is its turn, counted from 0; each number once.
    ///   - timeout: How long to wait for the turn; `nil` waits for ever.
    ///   - body: The step.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; ``SequenceBroken`` if the number was given before, if an earlier
    ///   step was struck while it waited for its turn, or if the turn does not come in time.
    public func callAsFunction<Value>(
        _ number: Int, timeout: Duration? = nil, _ body: () throws -> Value
    ) throws -> Value {
        guard taken.insert(number).inserted else { throw SequenceBroken.givenTwice(number) }
        if number != next { try wait(for: number, timeout) }
        try throwIfNever(number)
        defer { advance() }
        return try body()
    }

    private func wait(for number: Int, _ timeout: Duration?) throws {
        try throwIfNever(number)
        let turn = Event()
        turns[number] = turn
        do {
            if try turn.wait(timeout: timeout) { return }
        } catch {
            breakOff(at: number)
            throw error
        }
        breakOff(at: number)
        throw SequenceBroken.late(number, at: next)
    }

    private func throwIfNever(_ number: Int) throws {
        if let brokenAt, number >= brokenAt {
            throw SequenceBroken.never(number, since: brokenAt)
        }
    }

    private func advance() {
        next += 1
        turns.removeValue(forKey: next)?.set()
    }

    /// The step will never be taken, so no later one may be.
    private func breakOff(at number: Int) {
        brokenAt = min(brokenAt ?? number, number)
        turns[number] = nil
        for (later, turn) in turns where later > number { turn.set() }
    }
}

/// The steps of a ``Sequencer`` cannot happen in the order of their numbers.
public enum SequenceBroken: Error, Sendable, Equatable, CustomStringConvertible {
    /// A number was given to two steps.
    case givenTwice(Int)
    /// A step will never be taken, as the one of the second number ended while it waited.
    case never(Int, since: Int)
    /// A step waited for its turn too long, while the one of the second number was due.
    case late(Int, at: Int)

    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .givenTwice(let number): "two steps have the number \(number)"
        case .never(let number, let since):
            "step \(number) will never be taken, since step \(since) was given up while it waited"
        case .late(let number, let due):
            "step \(number) waited too long for its turn; step \(due) was due"
        }
    }
}
