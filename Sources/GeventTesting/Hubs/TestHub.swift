// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// A hub for one test: on a thread of its own, with time and order that the test is in charge of.
///
/// ```swift
/// @Test func `gives up after a day`() throws {
///     try TestHub().run {
///         let answer = AsyncResult<String>()
///         #expect(throws: Timeout.self) { try answer.get(timeout: .seconds(86_400)) }
///     }
/// }
/// ```
///
/// That test ends in a millisecond. It works from Swift Testing, whose tests run inside of tasks,
/// where no hub may be, and from XCTest.
///
/// gevent: `gevent.testing.TestCase`; trio's `MockClock` and `@gen_test`.
public struct TestHub: Sendable {
    /// The clock that the hub's sleeps and timeouts go by.
    public var clock: Clock
    /// Who runs first of those who are ready.
    public var order: Order
    /// How long the test may take, in real time; `nil` is for ever.
    public var limit: Duration?

    /// A hub for a test.
    ///
    /// - Parameters:
    ///   - clock: The clock that sleeps and timeouts go by.
    ///   - order: Who runs first of those who are ready. The default is the order they came in, or that
    ///     of the seed in the environment's `GEVENT_SEED`.
    ///   - limit: How long the test may take, in real time; then it ends with ``TestTookTooLong``.
    public init(
        clock: Clock = .virtual(), order: Order = .standard, limit: Duration? = .seconds(60)
    ) {
        self.clock = clock
        self.order = order
        self.limit = limit
    }

    /// Runs `body` as the main greenlet of a new hub, on a thread of its own, and waits for its end.
    ///
    /// Then the hub is closed: greenlets that are left are killed. The calling thread blocks, so that
    /// a test calls it and no greenlet.
    ///
    /// - Parameter body: The test.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; ``GreenletsLeft`` if one outlived the hub;
    ///   ``TestTookTooLong``; ``InvalidSeed`` if the environment's seed is none.
    public func run<Value>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
        let order = try order.resolved()
        return try TestThread(limit: limit).run { try start(order.make(), body) }
    }

    /// Runs `body` in an order that is noted.
    func record<Value>(
        _ order: any TurnOrder, namesSwitches: Bool, _ body: @escaping @Sendable () throws -> Value
    ) -> (Result<Value, any Error>, RecordedOrder) {
        // SAFETY: made here, used by the test's thread until it has ended, and read here after that.
        nonisolated(unsafe) let recorded = RecordedOrder(order, namesSwitches: namesSwitches)
        let result = Result {
            try TestThread(limit: limit).run { unsafe try start(recorded, body) }
        }
        return unsafe (result, recorded)
    }

    /// Runs `body` on this thread, which has no hub yet.
    func start<Value>(_ order: (any TurnOrder)?, _ body: () throws -> Value) throws -> Value {
        let hub = Hub.current
        clock.takeCharge(of: .current)
        Scheduler.current.order = order
        let result = Result { try body() }
        // Whoever is killed now runs in the usual order and on a clock that goes on.
        Scheduler.current.order = nil
        hub.close()
        guard hub.greenletCount == 0 else { throw GreenletsLeft(count: hub.greenletCount) }
        return try result.get()
    }
}

/// Greenlets of a test have outlived its hub.
public struct GreenletsLeft: Error, Sendable, CustomStringConvertible {
    /// How many they are.
    public let count: Int

    /// How many they are, in a sentence.
    public var description: String { "\(count) greenlets did not end when the hub was closed" }
}
