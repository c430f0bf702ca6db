// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventLoop

/// Runs `body`, which has to let others run at least once.
///
/// - Parameter body: What is run, in the greenlet of the caller.
/// - Returns: What `body` returns.
/// - Throws: ``SwitchesExpected`` if it never did; what `body` throws.
///
/// gevent: `gevent.util.assert_switches`.
@discardableResult
public func assertSwitches<Value>(_ body: () throws -> Value) throws -> Value {
    let (value, watch) = try Hub.current.watchingSwitches(body)
    if watch.count == 0 { throw SwitchesExpected() }
    return value
}

/// Runs `body`, in which nobody may run for longer than `longest` without letting others run.
///
/// - Parameters:
///   - longest: The longest time allowed, in real time.
///   - body: What is run, in the greenlet of the caller.
/// - Returns: What `body` returns.
/// - Throws: ``SwitchesExpected`` if it never let others run; ``RanTooLong`` if somebody, be it this
///   greenlet or another, ran for longer; what `body` throws.
///
/// gevent: `gevent.util.assert_switches(max_blocking_time)`.
@discardableResult
public func assertSwitches<Value>(within longest: Duration, _ body: () throws -> Value) throws
    -> Value
{
    let (value, watch) = try Hub.current.watchingSwitches(body)
    if watch.count == 0 { throw SwitchesExpected() }
    if watch.longestRun > Deadline.after(longest, from: 0).nanoseconds {
        throw RanTooLong(
            duration: .nanoseconds(Int64(clamping: watch.longestRun)), allowed: longest)
    }
    return value
}

/// Runs `body`, which may not let others run.
///
/// - Parameter body: What is run, in the greenlet of the caller.
/// - Returns: What `body` returns.
/// - Throws: ``NoSwitchExpected`` if it did; what `body` throws.
///
/// gevent: `gevent.testing`'s `switch_expected = False`; trio's `assert_no_checkpoints`.
@discardableResult
public func assertNoSwitch<Value>(_ body: () throws -> Value) throws -> Value {
    let (value, watch) = try Hub.current.watchingSwitches(body)
    if watch.count > 0 { throw NoSwitchExpected() }
    return value
}
