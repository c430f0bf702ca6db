// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

/// Remembers for a while what another resolver has answered.
///
/// ```swift
/// Resolvers.current = CachingResolver(wrapping: ThreadResolver(), timeToLive: .seconds(30))
/// ```
///
/// Greenlets that ask the same question at the same time share one look-up, over all threads. If the
/// one that asks on behalf of the others is killed, another one asks again. Errors are not
/// remembered: the next one asks again. Neither are ports and services, which are local files.
///
/// No cache is in place unless you put one there: an answer's own time to live is not known to the
/// C library, so that a change in the network goes unnoticed for as long as you say here.
public final class CachingResolver: Resolver {
    private static let mismatch = "a cache has the answer to another question"

    private let wrapped: any Resolver
    private let lifetime: Duration
    private let now: @Sendable () -> UInt64
    private let state: Guarded<State>

    private struct State {
        var cache: NameCache
        var pending: [NameQuestion: Answer<Outcome>] = [:]
    }

    /// What those get who share a look-up.
    private enum Outcome: Sendable {
        case answer(NameAnswer)
        case failure(LookupError)
        /// Whoever asked was struck, or the resolver refused: ask yourself.
        case nobody
    }

    /// A cache in front of `wrapped`.
    ///
    /// - Parameters:
    ///   - wrapped: Whom to ask.
    ///   - timeToLive: How long an answer is good.
    ///   - capacity: How many answers are kept; those that were not asked for the longest go first.
    /// - Precondition: `timeToLive` and `capacity` are positive.
    public convenience init(
        wrapping wrapped: any Resolver, timeToLive: Duration, capacity: Int = 1024
    ) {
        self.init(
            wrapping: wrapped, timeToLive: timeToLive, capacity: capacity,
            now: { HubClock.now })
    }

    /// A cache that goes by a clock of the caller's, in nanoseconds.
    package init(
        wrapping wrapped: any Resolver, timeToLive: Duration, capacity: Int,
        now: @escaping @Sendable () -> UInt64
    ) {
        require(timeToLive > .zero, "a cache remembers for a positive time")
        require(capacity > 0, "a cache has room for at least one answer")
        self.wrapped = wrapped
        lifetime = timeToLive
        self.now = now
        state = Guarded(State(cache: NameCache(capacity: capacity)))
    }

    /// How many answers it remembers, be it that their time is over.
    public var count: Int { state.withLock { $0.cache.count } }

    /// Forgets everything; look-ups under way are remembered when they come.
    public func removeAll() { state.withLock { $0.cache.removeAll() } }

    /// The addresses of a host, remembered or looked up.
    ///
    /// > Suspends: When they have to be looked up.
    ///
    /// - Throws: What the wrapped resolver throws; what strikes the greenlet.
    public func addresses(
        of host: String, port: UInt16, family: SocketAddress.Family?
    ) throws -> [SocketAddress] {
        if let numbers = try HostName.numbers(host, port: port, family: family) { return [numbers] }
        let answer = try answer(to: .addresses(host.lowercased(), family)) {
            .addresses(try wrapped.addresses(of: host, port: 0, family: family))
        }
        guard case .addresses(let addresses) = answer else { trap(Self.mismatch) }
        return addresses.map { $0.with(port: port) }
    }

    /// The name of the host at an address, remembered or looked up.
    ///
    /// > Suspends: When it has to be looked up.
    ///
    /// - Throws: What the wrapped resolver throws; what strikes the greenlet.
    public func name(of address: SocketAddress) throws -> String {
        let answer = try answer(to: .name(address.with(port: 0))) {
            .name(try wrapped.name(of: address))
        }
        guard case .name(let name) = answer else { trap(Self.mismatch) }
        return name
    }

    /// The records of a name, remembered or looked up.
    ///
    /// > Suspends: When they have to be looked up.
    ///
    /// - Throws: What the wrapped resolver throws; what strikes the greenlet.
    public func records(of name: String, kind: NameRecord.Kind) throws -> [NameRecord] {
        let answer = try answer(to: .records(name.lowercased(), kind)) {
            .records(try wrapped.records(of: name, kind: kind))
        }
        guard case .records(let records) = answer else { trap(Self.mismatch) }
        return records
    }

    /// The port that a service has by custom, looked up.
    ///
    /// - Throws: What the wrapped resolver throws; what strikes the greenlet.
    public func port(of service: String, over transport: Transport) throws -> UInt16 {
        try wrapped.port(of: service, over: transport)
    }

    /// The service that a port belongs to by custom, looked up.
    ///
    /// - Throws: What the wrapped resolver throws; what strikes the greenlet.
    public func service(at port: UInt16, over transport: Transport) throws -> String {
        try wrapped.service(at: port, over: transport)
    }

    /// Closes the wrapped resolver; what is remembered stays.
    public func close() { wrapped.close() }

    private enum Turn {
        case known(NameAnswer)
        case shared(Answer<Outcome>)
        case mine(Answer<Outcome>)
    }

    private func answer(
        to question: NameQuestion, _ ask: () throws -> NameAnswer
    ) throws -> NameAnswer {
        while true {
            switch turn(for: question) {
            case .known(let answer):
                return answer
            case .mine(let outcome):
                return try settle(question, outcome, ask)
            case .shared(let outcome):
                switch try outcome.wait("a look-up of another greenlet") {
                case .answer(let answer): return answer
                case .failure(let error): throw error
                case .nobody: continue
                }
            }
        }
    }

    private func turn(for question: NameQuestion) -> Turn {
        let now = now()
        return state.withLock { state in
            if let answer = state.cache.answer(to: question, now: now) { return .known(answer) }
            if let pending = state.pending[question] { return .shared(pending) }
            let mine = Answer<Outcome>()
            state.pending[question] = mine
            return .mine(mine)
        }
    }

    private func settle(
        _ question: NameQuestion, _ shared: Answer<Outcome>, _ ask: () throws -> NameAnswer
    ) throws -> NameAnswer {
        var outcome = Outcome.nobody
        defer {
            let end = now().addingReportingOverflow(lifetime.wholeNanoseconds)
            state.withLock { state in
                state.pending[question] = nil
                guard case .answer(let answer) = outcome else { return }
                state.cache.remember(
                    answer, to: question, until: end.overflow ? .max : end.partialValue)
            }
            shared.complete(.success(outcome))
        }
        do {
            let answer = try ask()
            outcome = .answer(answer)
            return answer
        } catch let error as LookupError {
            outcome = .failure(error)
            throw error
        }
    }
}

extension Duration {
    /// The nanoseconds in it, as many as the type holds.
    fileprivate var wholeNanoseconds: UInt64 {
        let (seconds, rest) = components
        let whole = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let sum = whole.partialValue.addingReportingOverflow(UInt64(clamping: rest / 1_000_000_000))
        return whole.overflow || sum.overflow ? .max : sum.partialValue
    }
}
