// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// Runs `body` in every order that those who are ready can run in, each time on a hub of its own.
///
/// For bodies of a few greenlets with a few waits each: the orders are as many as there are ways to
/// decide, one after the other, who of those who are ready runs next.
///
/// - Parameters:
///   - runs: How many orders to try at most.
///   - decisions: After how many decisions in a run whoever came first runs, untried otherwise.
///   - hub: Clock and limit of each run. On a real clock the orders are not the same each time.
///   - body: What is run; it has to do the same each time but for the order.
/// - Returns: How many orders there were, and whether those are all.
/// - Throws: ``InterleavingFailed`` for the first order that fails, with its list of switches.
///
/// gevent: none.
@discardableResult
public func exhaustively(
    runs: Int = 10_000, decisions: Int = 100, on hub: TestHub = TestHub(),
    _ body: @escaping @Sendable () throws -> Void
) throws -> Exploration {
    var walk = Walk(depth: decisions)
    repeat {
        let (result, order) = hub.record(
            ChosenOrder(walk.choices), namesSwitches: false, body)
        if case .failure(let error) = result {
            throw named(error, order.choices.map(\.place), on: hub, body)
        }
        walk.advance(from: order.choices)
    } while walk.runs < runs && !walk.isOver
    return Exploration(runs: walk.runs, isComplete: walk.isOver && !walk.isCut)
}

/// What ``exhaustively(runs:decisions:on:_:)`` has tried.
public struct Exploration: Sendable, Equatable {
    /// How many orders.
    public let runs: Int
    /// Whether there are no others.
    public let isComplete: Bool
}

private func named(
    _ error: any Error, _ choices: [Int], on hub: TestHub,
    _ body: @escaping @Sendable () throws -> Void
) -> InterleavingFailed {
    let (again, order) = hub.record(ChosenOrder(choices), namesSwitches: true, body)
    guard case .failure = again else {
        return InterleavingFailed(choices: choices, error: error, switches: nil)
    }
    return InterleavingFailed(choices: choices, error: error, switches: order.switches)
}

/// The way through the tree of decisions, deepest branches first.
struct Walk {
    /// What to decide in the next run.
    private(set) var choices: [Int] = []
    /// How many runs there have been.
    private(set) var runs = 0
    /// Whether every branch was taken.
    private(set) var isOver = false
    /// Whether branches were left out for their depth.
    private(set) var isCut = false
    private let depth: Int

    init(depth: Int) { self.depth = depth }

    /// Turns to the next branch after a run that has decided like this.
    mutating func advance(from made: [RecordedOrder.Choice]) {
        runs += 1
        if made.dropFirst(depth).contains(where: { $0.count > 1 }) { isCut = true }
        var path = made.prefix(depth)
        while let last = path.last, last.place + 1 >= last.count { path.removeLast() }
        guard let last = path.last else {
            isOver = true
            return
        }
        choices = path.dropLast().map(\.place) + [last.place + 1]
    }
}

/// A body has failed in one of the orders in which it can run.
public struct InterleavingFailed: Error, CustomStringConvertible {
    /// The decisions, which ``TestHub/Order/chosen(_:)`` repeats.
    public let choices: [Int]
    /// What the body has thrown.
    public let error: any Error
    /// The decisions by name; `nil` if the body did not fail again with the same ones, so that
    /// something else decides as well.
    public let switches: [Switch]?

    /// The error and the switches.
    public var description: String {
        let head = "failed in the order .chosen(\(choices)): \(error)"
        guard let switches else {
            return head
                + "\nA second run in that order did not fail: something else decides as well."
        }
        return head + "\n" + switches.list
    }
}
