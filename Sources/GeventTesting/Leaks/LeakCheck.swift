// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// Finds what is left behind between two moments of a hub.
///
/// For set-up and tear-down of a suite; around a body ``checkLeaks(_:settling:_:)`` reads better.
///
/// ```swift
/// let check = try LeakCheck()
/// try exercise()
/// try check.end()
/// ```
///
/// What was there before is no leak, whatever has become of it; but for greenlets, which must wait
/// for the same as then.
///
/// gevent: `gevent.testing.leakcheck`.
public final class LeakCheck {
    private let hub: Hub
    private let kinds: LeakKinds
    private let before: Holdings

    /// Lets the hub settle, and notes what there is.
    ///
    /// > Suspends: Always.
    ///
    /// - Parameter kinds: What to look for. Descriptors are the whole process's: leave them out, with
    ///   ``LeakKinds/hub``, where other threads open and close some meanwhile.
    /// - Throws: `SystemError` if descriptors cannot be listed; what strikes the greenlet.
    ///
    /// gevent: `gevent.testing.leakcheck.wrap_refcount`.
    public init(_ kinds: LeakKinds = .all) throws {
        hub = .current
        self.kinds = kinds
        try Self.letRun()
        before = try Holdings(of: hub, kinds)
    }

    /// Lets the hub settle, and looks for what is left.
    ///
    /// > Suspends: Always.
    ///
    /// - Parameter settling: How long, by the hub's clock, what is left may take to go by itself, to
    ///   the millisecond; what is clean ends at once.
    /// - Throws: ``LeaksFound``; `SystemError` if descriptors cannot be listed; what strikes the
    ///   greenlet.
    /// - Precondition: Called on the hub that the check was made on.
    ///
    /// gevent: `gevent.testing.leakcheck.wrap_refcount`.
    public func end(settling: Duration = .milliseconds(50)) throws {
        require(Hub.currentIfExists === hub, "a check for leaks ends on the hub that it began on")
        try Self.letRun()
        var left = settling
        var leaks = try before.leaks(of: hub, kinds)
        while !leaks.isEmpty, left > .zero {
            left -= .milliseconds(1)
            try sleep(.milliseconds(1))
            leaks = try before.leaks(of: hub, kinds)
        }
        if !leaks.isEmpty { throw LeaksFound(leaks: leaks) }
    }

    /// Lets everybody run that can: also those whom I/O, or the end of others, makes ready.
    private static func letRun() throws {
        for _ in 0..<8 { try sleep(.zero) }
        // A sleep makes the hub look at its descriptors.
        try sleep(.nanoseconds(1))
        try sleep(.zero)
    }
}

/// Runs `body`, and looks for what it leaves behind in the hub and the process.
///
/// ```swift
/// try checkLeaks { try serveOneRequest() }
/// ```
///
/// > Suspends: Always.
///
/// - Parameters:
///   - kinds: What to look for, as in ``LeakCheck``.
///   - settling: How long what is left may take to go by itself, as in ``LeakCheck``.
///   - body: What is looked at.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, and then nothing is looked for; ``LeaksFound``.
///
/// gevent: `gevent.testing.leakcheck`.
@discardableResult
public func checkLeaks<Value>(
    _ kinds: LeakKinds = .all, settling: Duration = .milliseconds(50), _ body: () throws -> Value
) throws -> Value {
    let check = try LeakCheck(kinds)
    let value = try body()
    try check.end(settling: settling)
    return value
}
