// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem
internal import GeventTesting

/// What a test needs its hub to be.
package struct HubNeeds: OptionSet, Sendable {
    /// As bits.
    package let rawValue: Int

    /// The needs that some bits stand for.
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Who came first runs first, whatever the seed: what the test is about is that very order.
    package static let inOrder = HubNeeds(rawValue: 1)

    /// Time is real: what the test is about takes part outside of the hub.
    package static let realTime = HubNeeds(rawValue: 2)
}

/// Runs `body` as the main greenlet of a hub of its own, on a thread of its own.
///
/// The hub is closed afterwards before this returns. Tests run inside of tasks, where no hub may be;
/// this is their way out. Time is virtual, and the order is that of the environment's `GEVENT_SEED`,
/// unless the test needs otherwise. `GEVENT_TEST_CLOCK=real` makes time real for all tests, and
/// `GEVENT_TEST_LIMIT` is how many seconds each may take.
///
/// - Throws: What `body` throws; `GreenletsLeft` if a greenlet outlived the hub.
package func onHub<Value>(
    _ needs: HubNeeds = [], _ body: @escaping @Sendable () throws -> Value
) throws -> Value {
    let isReal = needs.contains(.realTime) || Environment.value("GEVENT_TEST_CLOCK") == "real"
    // Far more than any takes, so that a sanitizer on a busy machine does not end one by it.
    let limit = Environment.value("GEVENT_TEST_LIMIT").flatMap(Int.init) ?? 300
    return try TestHub(
        clock: isReal ? .real : .virtual(),
        order: needs.contains(.inOrder) ? .firstComeFirstServed : .standard,
        limit: .seconds(limit)
    ).run(body)
}
