// SPDX-License-Identifier: Apache-2.0
public import GeventNet

/// One resolver, and what every resolver must keep to.
///
/// ```swift
/// let mine = ResolverContract("MyResolver") {
///     let server = try StubServer()
///     return .init(MyResolver(server), stall: { server.pause() }, release: { server.resume() })
/// }
/// @Test(arguments: ResolverContract.Clause.allCases)
/// func `keeps the contract of resolvers`(clause: ResolverContract.Clause) throws {
///     try mine.check(clause)
/// }
/// ```
///
/// The resolver has to know `localhost`, and no name below `.invalid`.
///
/// gevent: `gevent.tests.test__socket_dns`.
public struct ResolverContract: Sendable, CustomStringConvertible {
    /// A resolver in the running hub, and what the trial needs of its surroundings.
    public struct Subject {
        let resolver: any Resolver
        let slowName: String
        let stall: () throws -> Void
        let release: () -> Void
        let finish: () -> Void

        /// A resolver.
        ///
        /// - Parameters:
        ///   - resolver: What is put to the contract.
        ///   - slowName: A name that nobody answers for after `stall`, until `release`.
        ///   - stall: Makes it impossible to answer for the slow name.
        ///   - release: Ends that.
        ///   - finish: Frees what belongs to the trial.
        public init(
            _ resolver: any Resolver, slowName: String = "localhost",
            stall: @escaping () throws -> Void, release: @escaping () -> Void,
            finish: @escaping () -> Void = {}
        ) {
            self.resolver = resolver
            self.slowName = slowName
            self.stall = stall
            self.release = release
            self.finish = finish
        }
    }

    /// The name of the resolver, for reports.
    public let description: String
    let clock: TestHub.Clock
    let make: @Sendable () throws -> Subject

    /// A resolver.
    ///
    /// - Parameters:
    ///   - name: Its name, for reports.
    ///   - clock: The clock of the hub: the real one for what asks somebody, a virtual one without
    ///     patience for what does not.
    ///   - make: Makes it in the running hub.
    public init(
        _ name: String, clock: TestHub.Clock = .real, make: @escaping @Sendable () throws -> Subject
    ) {
        description = name
        self.clock = clock
        self.make = make
    }

    /// What every resolver must keep to.
    public enum Clause: String, CaseIterable, Sendable {
        /// `localhost` is this machine, each address once, and of the family that is asked for.
        case knowsThisMachine
        /// Addresses in numbers are answered without a switch.
        case answersNumbersAtOnce
        /// Names that cannot be one are refused without a switch.
        case refusesMalformedNames
        /// A name that does not exist is told from an answer.
        case saysThatThereIsNone
        /// The name of this machine is found by its address, and none for a path.
        case findsNames
        /// The services that everybody knows are known, both ways.
        case knowsServices
        /// A hundred questions at once are all answered.
        case answersManyAtOnce
        /// A thread without a hub is answered, and is given none.
        case answersThreadsWithoutHub
        /// Who is killed or out of time goes at once, and the resolver works on.
        case outlivesThoseWhoGiveUp
    }

    /// Checks one clause in a hub of its own, on a thread of its own.
    ///
    /// > Suspends: Never; it blocks the thread until the clause has been checked.
    ///
    /// - Throws: ``ContractBroken``, or what the resolver throws.
    public func check(_ clause: Clause) throws {
        try TestHub.forContract(clock).run {
            let made = try make()
            defer { made.finish() }
            let trial = ResolverTrial(subject: description, clause: clause, made: made)
            try trial.run()
        }
    }
}
