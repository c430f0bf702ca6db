// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventNet
internal import GeventSync
public import GeventSystem

/// A resolver that answers from a table, late or not at all if told so, and counts the questions.
///
/// ```swift
/// let names = FakeResolver([
///     "db.test": .hosts("192.0.2.1", "2001:db8::1"),
///     "slow.test": .late(.seconds(3), .hosts("192.0.2.2")),
///     "gone.test": .failure(.timedOut),
/// ])
/// try Resolvers.with(names) { try client.run() }
/// #expect(names.questions == ["db.test"])
/// ```
///
/// It knows `localhost`, unless the table says otherwise, and no other name that is not in the table.
/// What it is told may change at any time and from any thread.
///
/// gevent: none.
public final class FakeResolver: Resolver {
    private struct State {
        var table: [String: FakeAnswer]
        var questions: [String] = []
        var gates: [String: Event] = [:]
    }

    private let state: Guarded<State>

    /// A resolver that answers by `table`, whose keys are names in lower case.
    public init(_ table: [String: FakeAnswer] = [:]) {
        state = Guarded(State(table: table))
    }

    /// What is answered for a name; `nil` for a name that does not exist.
    public subscript(name: String) -> FakeAnswer? {
        get { state.withLock { $0.table[Self.key(name)] } }
        set { state.withLock { $0.table[Self.key(name)] = newValue } }
    }

    /// The names that were asked for, in order; numbers and malformed names are not among them.
    public var questions: [String] { state.withLock { $0.questions } }

    /// Leaves questions for a name without an answer, until ``release(_:)``.
    public func stall(_ name: String) {
        state.withLock { $0.gates[Self.key(name)] = Event() }
    }

    /// Answers the questions for a name, those that wait among them.
    public func release(_ name: String) {
        state.withLock { $0.gates.removeValue(forKey: Self.key(name)) }?.set()
    }

    /// The addresses of a host, as the table has them.
    ///
    /// > Suspends: Unless `host` is an address in numbers or is malformed.
    ///
    /// - Throws: `LookupError`; what strikes the greenlet.
    public func addresses(
        of host: String, port: UInt16, family: SocketAddress.Family?
    ) throws -> [SocketAddress] {
        if let numbers = try HostName.numbers(host, port: port, family: family) { return [numbers] }
        let key = Self.key(host)
        let (answer, gate) = state.withLock { state in
            state.questions.append(host)
            let known = state.table[key] ?? Self.builtIn[key]
            let answer = known?.taken(&state.table[key])
            return (answer, state.gates[key])
        }
        try pause(.zero)
        try gate?.wait()
        return try found(answer, host, family).map { $0.with(port: port) }
    }

    private func found(
        _ answer: FakeAnswer?, _ host: String, _ family: SocketAddress.Family?
    ) throws -> [SocketAddress] {
        switch answer?.kind {
        case .addresses(let all):
            let some = all.filter { family == nil || $0.family == family }
            if some.isEmpty { throw LookupError.failed(host, .noData) }
            return some
        case .failure(let reason): throw LookupError.failed(host, reason)
        case .late(let delay, let answer):
            try pause(delay)
            return try found(answer, host, family)
        case .inTurn(let answers): return try found(answers.first, host, family)
        case nil: throw LookupError.failed(host, .noSuchName)
        }
    }

    /// The name in the table whose answer has the address.
    ///
    /// > Suspends: Always.
    ///
    /// - Throws: `LookupError`; what strikes the greenlet.
    public func name(of address: SocketAddress) throws -> String {
        guard address.family != .unix else { throw LookupError.noNameFor("\(address)") }
        try pause(.zero)
        let wanted = address.with(port: 0)
        let table = state.withLock { $0.table }
        let names = table.merging(Self.builtIn) { own, _ in own }
            .filter { $0.value.addresses.contains(wanted) }
        guard let name = names.keys.min() else {
            throw LookupError.failed("\(address)", .noSuchName)
        }
        return name
    }

    private static func key(_ name: String) -> String {
        let small = name.lowercased()
        return small.hasSuffix(".") ? String(small.dropLast()) : small
    }

    private static let builtIn: [String: FakeAnswer] = ["localhost": .hosts("127.0.0.1", "::1")]

    /// Waits by the clock of the hub; a thread that has none waits by itself and gets none.
    private func pause(_ delay: Duration) throws {
        if Hub.currentIfExists != nil { return try sleep(delay) }
        if delay > .zero { try Event().wait(timeout: delay) }
    }
}
