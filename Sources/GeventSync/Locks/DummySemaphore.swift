// SPDX-License-Identifier: Apache-2.0
public import GeventCore

/// A semaphore that always has a place, for code that only sometimes needs a limit.
///
/// gevent: `gevent.lock.DummySemaphore`.
public final class DummySemaphore: Waitable, Sendable {
    /// Makes one; the number that a semaphore would take here means nothing.
    public init(_ value: Int? = nil) {}

    /// 1, always.
    ///
    /// gevent: `counter`.
    public var counter: Int { 1 }

    /// False, always.
    ///
    /// gevent: `locked()`.
    public var isLocked: Bool { false }

    /// True, always.
    ///
    /// gevent: `ready()`.
    public var isReady: Bool { true }

    /// Does nothing.
    ///
    /// - Parameters:
    ///   - block: Means nothing, since nothing is waited for.
    ///   - timeout: Means nothing, since nothing is waited for.
    /// - Returns: True.
    ///
    /// gevent: `acquire`.
    @discardableResult
    public func acquire(block: Bool = true, timeout: Duration? = nil) -> Bool { true }

    /// Does nothing.
    ///
    /// - Returns: 1.
    ///
    /// gevent: `release`.
    @discardableResult
    public func release() -> Int { counter }

    /// Does nothing.
    ///
    /// - Parameter timeout: Means nothing, since nothing is waited for.
    /// - Returns: 1.
    ///
    /// gevent: `wait`.
    @discardableResult
    public func wait(timeout: Duration? = nil) -> Int { counter }

    /// Runs `body`.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    ///
    /// gevent: `with semaphore:`.
    public func withLock<Value>(_ body: () throws -> Value) rethrows -> Value { try body() }

    /// Has `callback` called by the hub soon.
    ///
    /// gevent: `rawlink`.
    public func linkReady(_ callback: @escaping () -> Void) -> LinkToken {
        Hub.current.runCallback(callback)
        return LinkToken()
    }

    /// Does nothing, since there are no links that have not been called.
    ///
    /// gevent: `unlink`.
    public func unlink(_ token: LinkToken) {}
}
