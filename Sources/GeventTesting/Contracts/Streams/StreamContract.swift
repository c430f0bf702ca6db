// SPDX-License-Identifier: Apache-2.0
public import GeventNet

/// One kind of byte stream, and what every kind must keep to.
///
/// ```swift
/// @Test(arguments: StreamContract.Clause.allCases, StreamContract.ours)
/// func `keeps the contract of streams`(clause: StreamContract.Clause, kind: StreamContract) throws {
///     try kind.check(clause)
/// }
/// ```
public struct StreamContract: Sendable, CustomStringConvertible {
    /// Two ends that are connected to each other.
    public struct Ends {
        /// The end that is put to the test.
        public let near: any ByteStream
        /// The other one.
        public let far: any ByteStream

        /// Two ends that are connected.
        public init(_ near: any ByteStream, _ far: any ByteStream) {
            self.near = near
            self.far = far
        }
    }

    /// The name of the kind.
    public let description: String
    /// What the kind can do.
    public let capabilities: Capabilities
    let clock: TestHub.Clock
    let connect: @Sendable () throws -> Ends

    /// A kind of stream.
    ///
    /// - Parameters:
    ///   - name: Its name, for reports.
    ///   - capabilities: What it can do.
    ///   - clock: The clock of the hub: the real one for what goes through the kernel, a virtual one
    ///     without patience for what does not.
    ///   - connect: Connects two ends of it on the running hub.
    public init(
        _ name: String, capabilities: Capabilities = .buffers, clock: TestHub.Clock = .real,
        _ connect: @escaping @Sendable () throws -> Ends
    ) {
        description = name
        self.capabilities = capabilities
        self.clock = clock
        self.connect = connect
    }

    /// What kinds of streams differ in; every clause is checked for all, as the kind has it.
    public struct Capabilities: OptionSet, Sendable {
        /// One bit for each.
        public let rawValue: UInt8

        /// Takes the bits as they are.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Holds at least a line that nobody has read.
        ///
        /// Without it, as in lockstep, a write returns
        /// only when all of it has been read.
        public static let buffers = Capabilities(rawValue: 1)
    }

    /// What every stream must keep to.
    public enum Clause: String, CaseIterable, Sendable {
        /// Bytes come out as they went in, also when they do not fit at once.
        case carriesBytes
        /// A small write returns though nobody reads; without buffers only once all was read.
        case keepsToItsRoom
        /// One greenlet reads while another writes.
        case goesBothWaysAtOnce
        /// A line, a block or a delimiter may come in any pieces.
        case putsPiecesTogether
        /// Several pieces go in one behind the other.
        case gathersPieces
        /// A read into memory takes what there is.
        case readsIntoMemory
        /// The end is read after all bytes, as often as one asks; the other way stays open.
        case endsOneWay
        /// An end in the middle of a block is an error, and the beginning is not lost.
        case tellsAnEarlyEnd
        /// A line longer than allowed is an error.
        case limitsLines
        /// A read gives up when the stream's time is up, and works again later.
        case limitsReads
        /// A write to a peer that does not read gives up when the stream's time is up.
        case limitsWrites
        /// A Timeout round an operation is not taken for the stream's own limit.
        case passesTimeoutsOn
        /// A reader that is killed takes nothing along.
        case outlivesItsReaders
        /// A second reader, and a second writer, is refused.
        case refusesSeconds
        /// Closing wakes who reads and who writes, and may be repeated.
        case wakesOnClose
        /// After closing, everything is an error.
        case isClosedForGood
    }

    /// Checks one clause in a hub of its own, on a thread of its own.
    ///
    /// > Suspends: Never; it blocks the thread until the clause has been checked.
    ///
    /// - Throws: ``ContractBroken``, or what the stream throws.
    public func check(_ clause: Clause) throws {
        try TestHub.forContract(clock).run {
            let ends = try connect()
            defer {
                ends.near.close()
                ends.far.close()
            }
            let trial = StreamTrial(
                subject: description, clause: clause, near: ends.near, far: ends.far,
                buffers: capabilities.contains(.buffers))
            try trial.run()
        }
    }
}
