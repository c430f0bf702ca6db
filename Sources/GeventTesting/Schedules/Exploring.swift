// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// Runs `body` once for each seed, each time on a hub of its own whose order is drawn from the seed.
///
/// ```swift
/// try exploring(seeds: 0..<1000) {
///     let account = Account(balance: 100)
///     try joinAll([spawn { try account.take(80) }, spawn { try account.take(80) }])
///     try #require(account.balance >= 0)
/// }
/// ```
///
/// The first failure ends it. It has to be thrown: Swift Testing's `#require`, not `#expect`. With
/// `GEVENT_SEED` in the environment that seed alone is run.
///
/// - Parameters:
///   - seeds: The seeds.
///   - hub: Clock and limit of each run.
///   - body: What is run; it has to do the same each time but for the order.
/// - Throws: ``SeedFailed``, which names the seed and lists the switches; ``InvalidSeed``.
///
/// gevent: none.
public func exploring(
    seeds: some Sequence<UInt64>, on hub: TestHub = TestHub(),
    _ body: @escaping @Sendable () throws -> Void
) throws {
    if case .seeded(let seed) = try TestHub.Order.standard.resolved() {
        return try trySeed(seed, on: hub, body)
    }
    for seed in seeds { try trySeed(seed, on: hub, body) }
}

private func trySeed(
    _ seed: UInt64, on hub: TestHub, _ body: @escaping @Sendable () throws -> Void
) throws {
    var hub = hub
    hub.order = .seeded(seed)
    do { try hub.run(body) } catch {
        // Once more, now with the names: what each switch is called costs more than the switch.
        let (again, order) = hub.record(SeededOrder(seed: seed), namesSwitches: true, body)
        guard case .failure(let error) = again else {
            throw SeedFailed(seed: seed, error: error, switches: nil)
        }
        throw SeedFailed(seed: seed, error: error, switches: order.switches)
    }
}

/// A body has failed in the order that a seed gives.
public struct SeedFailed: Error, CustomStringConvertible {
    /// The seed.
    public let seed: UInt64
    /// What the body has thrown.
    public let error: any Error
    /// The decisions on who runs next; `nil` if the body did not fail again with the same seed, so
    /// that something else decides as well.
    public let switches: [Switch]?

    /// The seed, the error and the switches.
    public var description: String {
        let head = "failed with seed \(seed), which GEVENT_SEED=\(seed) repeats: \(error)"
        guard let switches else {
            return head
                + "\nA second run with that seed did not fail: something else than the order decides."
        }
        return head + "\n" + switches.list
    }
}

extension [Switch] {
    /// The last of them, one a line.
    var list: String {
        let most = 200
        let first = count > most ? ["  … \(count - most) switches before"] : []
        let rest = enumerated().suffix(most).map { "  \($0.offset + 1). \($0.element)" }
        return (first + rest).joined(separator: "\n")
    }
}
