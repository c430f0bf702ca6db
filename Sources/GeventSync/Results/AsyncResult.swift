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
    @exclusivity(unchecked) private var stored: Result<Value, any Error>?

    /// Makes a place where nothing is set.
    public init() {}

    /// Hands `value` to everybody who waits, now or later.
    ///
    /// Setting again replaces what was set before.
    ///
    /// - Complexity: O(n) of the waiters.
    ///
    /// gevent: `set`.
    public func set(_ value: Value) { complete(.success(value)) }

    /// Has `error`, this very instance, thrown in everybody who waits, now or later.
    ///
    /// Setting again replaces what was set before.
    ///
    /// - Complexity: O(n) of the waiters.
    ///
    /// gevent: `set_exception`.
    public func set(error: any Error) { complete(.failure(error)) }

    /// Hands `value` to everybody who waits, as ``set(_:)``.
    ///
    /// gevent: `set_result`.
    public func setResult(_ value: Value) { set(value) }

    /// Whether a value or an error was set.
    ///
    /// gevent: `ready()`.
    public var isReady: Bool { outcome != nil }

    /// Whether a value was set.
    ///
    /// gevent: `successful()`.
    public var isSuccessful: Bool {
        if case .success = outcome { return true }
        return false
    }

    /// The value that was set; `nil` before, and when an error was.
    ///
    /// gevent: `value`.
    public var value: Value? {
        if case .success(let value) = outcome { return value }
        return nil
    }

    /// The error that was set; `nil` before, and when a value was.
    ///
    /// gevent: `exception`.
    public var error: (any Error)? {
        if case .failure(let error) = outcome { return error }
        return nil
    }

    /// What was set; `nil` before.
    var outcome: Result<Value, any Error>? {
        unsafe line.queue.lock()
        defer { unsafe line.queue.unlock() }
        return unsafe stored
    }

    /// What was set; the caller holds the lock of the line.
    var outcomeLocked: Result<Value, any Error>? { unsafe stored }

    private func complete(_ outcome: Result<Value, any Error>) {
        unsafe line.queue.lock()
        let previous = unsafe stored
        let called = unsafe links
        unsafe stored = outcome
        if unsafe line.queue.pointee.head != nil { _ = unsafe gv_wait_wake_all(line.queue) }
        if unsafe !links.isEmpty { unsafe links.notify() }
        unsafe line.queue.unlock()
        // Let go of outside of the lock, since a deinit may come back here.
        withExtendedLifetime((previous, called)) {}
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
