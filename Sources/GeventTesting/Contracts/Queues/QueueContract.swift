// SPDX-License-Identifier: Apache-2.0

/// One kind of queue, and what every kind must keep to.
///
/// ```swift
/// let mine = QueueContract("my queue", capabilities: [.holds]) { capacity in
///     let queue = MyQueue<Int>(capacity: capacity)
///     return .init(put: queue.put, get: queue.get, putNowait: queue.offer, getNowait: queue.poll)
/// }
/// @Test(arguments: mine.clauses)
/// func `keeps the contract of queues`(clause: QueueContract.Clause) throws {
///     try mine.check(clause)
/// }
/// ```
///
/// gevent: `gevent.tests.test__queue`.
public struct QueueContract: Sendable, CustomStringConvertible {
    /// In which order elements come out that are in the queue together.
    public enum Order: Sendable {
        /// The one that came in first.
        case firstIn
        /// The one that came in last.
        case lastIn
        /// The smallest one.
        case smallest
    }

    /// What kinds of queues differ in.
    public struct Capabilities: OptionSet, Sendable {
        /// One bit for each.
        public let rawValue: UInt8

        /// Takes the bits as they are.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Holds elements that nobody has taken.
        ///
        /// Without it who puts waits for who gets.
        public static let holds = Capabilities(rawValue: 1)

        /// Can be ended.
        public static let shutsDown = Capabilities(rawValue: 2)
    }

    /// The name of the kind, for reports.
    public let description: String

    /// What the kind can do.
    public let capabilities: Capabilities
    let order: Order
    let make: @Sendable (Int?) throws -> Subject

    /// A kind of queue.
    ///
    /// - Parameters:
    ///   - name: Its name, for reports.
    ///   - order: In which order elements come out.
    ///   - capabilities: What it can do.
    ///   - make: Makes an empty one in the running hub, which holds as many elements as it is told;
    ///     `nil` is no limit. What holds none is not told.
    public init(
        _ name: String, order: Order = .firstIn, capabilities: Capabilities = [.holds],
        make: @escaping @Sendable (_ capacity: Int?) throws -> Subject
    ) {
        description = name
        self.order = order
        self.capabilities = capabilities
        self.make = make
    }

    /// What a queue must keep to.
    public enum Clause: String, CaseIterable, Sendable {
        /// Elements come out in the queue's order, each once.
        case keepsOrder
        /// It takes as many as it may hold; who puts more waits for room.
        case keepsItsCapacity
        /// Who waits longest to get is served first.
        case servesGettersInTurn
        /// Who waits longest to put is let in first.
        case admitsPuttersInTurn
        /// The forms that do not wait neither wait nor switch.
        case answersAtOnce
        /// Who gives up says so in the queue's manner, and leaves nothing behind.
        case givesUp
        /// A Timeout round a wait is not taken for the queue's own limit.
        case passesTimeoutsOn
        /// A getter that is killed takes no element along.
        case losesNothingToKilledGetters
        /// A putter that is killed has put nothing.
        case keepsNothingOfKilledPutters
        /// Among many that are killed at random, each element comes out once.
        case countsRightUnderKills
        /// Ended, it wakes who waits, refuses what comes, and gives out what it holds.
        case endsForAll
    }

    /// The clauses that the kind is put to: all that its capabilities have to do with.
    public var clauses: [Clause] { Clause.allCases.filter(applies) }

    private func applies(_ clause: Clause) -> Bool {
        clause != .endsForAll || capabilities.contains(.shutsDown)
    }

    /// Checks one clause in a hub of its own, on a thread of its own.
    ///
    /// > Suspends: Never; it blocks the thread until the clause has been checked.
    ///
    /// - Throws: ``ContractBroken``, also for a clause that is not among ``clauses``; what the queue
    ///   throws.
    public func check(_ clause: Clause) throws {
        let trial = QueueTrial(contract: self, clause: clause)
        try trial.require(applies(clause), "is not for a kind without the capability")
        try TestHub.forContract(.virtual()).run { try trial.run() }
    }
}
