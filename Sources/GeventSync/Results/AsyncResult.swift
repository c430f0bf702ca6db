// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventCore

/// A place for one value or error, which greenlets wait for.
///
/// ```swift
/// let answer = AsyncResult<Int>()
/// spawn { print(try answer.get()) }
/// answer.set(42)
/// ```
///
/// Whoever sets it wakes all who wait, in the order they came, and any thread may; setting never
/// waits, so callbacks of the hub may do it too. Where nothing is handed over, `Event` is simpler.
///
/// gevent: `gevent.event.AsyncResult`.
@safe public final class AsyncResult<Value> {
    // SAFETY: what follows is behind the lock of the line.
    let line = WaitList()
    @exclusivity(unchecked) var links = ReadyLinks()
    // Not of type `Value`: what is not inlined would look up the metadata at each access.
    @exclusivity(unchecked) var outcome: ResultOutcome?

    /// Makes a place where nothing is set.
    public init() {}

    /// Hands `value` to everybody who waits, now or later.
    ///
    /// Setting again replaces what was set before.
    ///
    /// - Complexity: O(n) of the waiters.
    ///
    /// gevent: `set`.
    @inlinable
    public func set(_ value: Value) { complete(.value(ResultBox(value))) }

    /// Has `error`, this very instance, thrown in everybody who waits, now or later.
    ///
    /// Setting again replaces what was set before.
    ///
    /// - Complexity: O(n) of the waiters.
    ///
    /// gevent: `set_exception`.
    public func set(error: any Error) { complete(.error(error)) }

    /// Hands `value` to everybody who waits, as ``set(_:)``.
    ///
    /// gevent: `set_result`.
    @inlinable
    public func setResult(_ value: Value) { set(value) }

    @usableFromInline
    func complete(_ new: ResultOutcome) {
        unsafe line.queue.lock()
        let old = unsafe outcome
        let due = unsafe links.take()
        unsafe outcome = new
        if unsafe line.queue.pointee.head != nil { _ = unsafe gv_wait_wake_all(line.queue) }
        unsafe line.queue.unlock()
        // Let go of outside of the lock, since a deinit may come back here.
        withExtendedLifetime(old) {}
        due.startAll()
    }
}

// SAFETY: the state is behind the lock of the line, and the value may change threads by itself.
extension AsyncResult: @unchecked Sendable where Value: Sendable {}

extension AsyncResult where Value == Void {
    /// Wakes everybody who waits, now or later.
    ///
    /// gevent: `set()`.
    public func set() { set(()) }
}

/// What was set: a ``ResultBox``, or an error.
@usableFromInline enum ResultOutcome {
    case value(AnyObject)
    case error(any Error)
}

/// Holds a value of any type in a place that has none.
@usableFromInline final class ResultBox<Value> {
    @usableFromInline let value: Value

    @inlinable init(_ value: Value) { self.value = value }
}
