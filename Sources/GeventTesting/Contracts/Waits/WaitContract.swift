// SPDX-License-Identifier: Apache-2.0

/// One way to wait, and what every way to wait must keep to.
///
/// A suite makes a table of its ways and runs every clause against each:
///
/// ```swift
/// @Test(arguments: WaitContract.Clause.allCases, WaitContract.queues)
/// func `keeps the contract`(clause: WaitContract.Clause, contract: WaitContract) throws {
///     try contract.check(clause)
/// }
/// ```
///
/// `check` throws ``ContractBroken`` where a clause is not kept, so it serves XCTest just as well.
///
/// gevent: `gevent.testing.timing.AbstractGenericWaitTestCase` and `AbstractGenericGetTestCase`.
public struct WaitContract: Sendable, CustomStringConvertible {
    /// A wait for what never comes, in the running hub.
    public struct Attempt {
        /// Waits, at most for the given time; returns whether it got what it waits for.
        public let wait: (Duration?) throws -> Bool
        /// How many wait; `nil` to have the line looked at in which the wait itself stands.
        public let waiterCount: (() -> Int)?
        /// Ends what was begun for the attempt.
        public let finish: () -> Void

        /// An attempt.
        ///
        /// - Parameters:
        ///   - waiterCount: How many wait. To be given where a wait stands in a line of its own, or
        ///     is noted elsewhere: as a link, say.
        ///   - finish: Ends what was begun for it.
        ///   - wait: Waits, at most for the given time; returns whether it got what it waits for.
        public init(
            waiterCount: (() -> Int)? = nil, finish: @escaping () -> Void = {},
            wait: @escaping (Duration?) throws -> Bool
        ) {
            self.wait = wait
            self.waiterCount = waiterCount
            self.finish = finish
        }
    }

    /// The name of the way, for reports.
    public let description: String
    // Whether an error is the one that says that the wait's own time is up; nil if that is silent.
    let isOwnError: (@Sendable (any Error) -> Bool)?
    // False for what is only waited for by the main greenlet.
    let worksAnywhere: Bool
    // False where waiting without a limit makes no sense, or ends when the hub runs dry.
    let waitsForEver: Bool
    let begin: @Sendable () throws -> Attempt

    /// A way to wait.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - isOwnError: Tells the error that is thrown when the wait's own time is up; `nil` for a way
    ///     that is silent about it.
    ///   - worksAnywhere: False if only the main greenlet may wait in this way.
    ///   - waitsForEver: False if it has to have a limit, or ends when the hub runs dry.
    ///   - begin: Makes what is waited for, in the running hub.
    public init(
        _ name: String, throwing isOwnError: (@Sendable (any Error) -> Bool)? = nil,
        worksAnywhere: Bool = true, waitsForEver: Bool = true,
        begin: @escaping @Sendable () throws -> Attempt
    ) {
        description = name
        self.isOwnError = isOwnError
        self.worksAnywhere = worksAnywhere
        self.waitsForEver = waitsForEver
        self.begin = begin
    }

    /// What a way to wait must keep to.
    public enum Clause: String, CaseIterable, Sendable {
        /// It gives up when its own time is up, not before, in its own manner.
        case givesUp
        /// It gives up at once, and overflows nothing, when its time is zero or less.
        case givesUpAtOnce
        /// It overflows nothing when its time is longer than the clock, and waits.
        case takesAnyTime
        /// A timeout that was set further out passes through it, as itself.
        case passesTimeoutsOn
        /// It stands in line while it waits, and leaves nothing behind when it gives up, is struck or
        /// killed: neither a waiter nor a timer.
        case leavesTheLine
        /// A kill ends it, once; clean-up runs.
        case canBeKilled
        /// A kill that came earlier strikes in it, before it waits.
        case isStruckBefore
        /// In a callback of the hub it is refused.
        case isRefusedInCallbacks
        /// The main greenlet gets `LoopExit` in it when nothing is left.
        case endsWithTheLoop
    }

    /// Checks one clause in a hub of its own, on a thread of its own.
    ///
    /// > Suspends: Never; it blocks the thread until the clause has been checked.
    ///
    /// - Throws: ``ContractBroken``, with what happened instead.
    public func check(_ clause: Clause) throws {
        try TestHub.forContract(.virtual()).run {
            let attempt = try begin()
            defer { attempt.finish() }
            let trial = WaitTrial(contract: self, clause: clause, attempt: attempt)
            try trial.run()
        }
    }
}
