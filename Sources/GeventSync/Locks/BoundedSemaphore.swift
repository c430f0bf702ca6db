// SPDX-License-Identifier: Apache-2.0
public import GeventCore
internal import GeventSystem

/// A semaphore that refuses to have more places than it began with.
///
/// Giving back what nobody took is a mistake of the program and traps.
///
/// gevent: `gevent.lock.BoundedSemaphore`.
public final class BoundedSemaphore: Waitable, Sendable {
    let semaphore: Semaphore
    private let initial: Int

    /// Makes a semaphore with `value` places.
    ///
    /// - Precondition: `value` is not negative.
    public init(_ value: Int = 1) {
        semaphore = Semaphore(value)
        initial = value
    }

    /// How many places are free.
    ///
    /// gevent: `counter`.
    public var counter: Int { semaphore.counter }

    /// Whether no place is free.
    ///
    /// gevent: `locked()`.
    public var isLocked: Bool { semaphore.isLocked }

    /// Whether a place is free.
    ///
    /// gevent: `ready()`.
    public var isReady: Bool { semaphore.isReady }

    /// Takes a place.
    ///
    /// > Suspends: When no place is free and `block` is true.
    ///
    /// - Parameters:
    ///   - block: False does not wait.
    ///   - timeout: How long to wait; `nil` waits for ever.
    /// - Returns: Whether a place was taken.
    /// - Throws: What strikes the greenlet meanwhile.
    /// - Complexity: O(1).
    ///
    /// gevent: `acquire`.
    @discardableResult
    public func acquire(block: Bool = true, timeout: Duration? = nil) throws -> Bool {
        try semaphore.acquire(block: block, timeout: timeout)
    }

    /// Gives a place back, to who has waited longest if anybody waits.
    ///
    /// - Returns: How many places are free now.
    /// - Precondition: The place was taken before.
    /// - Complexity: O(1).
    ///
    /// gevent: `release`.
    @discardableResult
    public func release() -> Int {
        guard let counter = semaphore.release(limit: initial) else {
            trap("a BoundedSemaphore was released more often than it was acquired")
        }
        return counter
    }

    /// Waits until a place is free, without taking it.
    ///
    /// > Suspends: When no place is free.
    ///
    /// - Parameter timeout: How long to wait; `nil` waits for ever.
    /// - Returns: How many places are free; may be 0, as somebody else may have been faster.
    /// - Throws: What strikes the greenlet meanwhile.
    ///
    /// gevent: `wait`.
    @discardableResult
    public func wait(timeout: Duration? = nil) throws -> Int {
        try semaphore.wait(timeout: timeout)
    }

    /// Runs `body` with a place taken, and gives it back however `body` ends.
    ///
    /// > Suspends: When no place is free.
    ///
    /// - Throws: What `body` throws; what strikes the greenlet while it waits for the place.
    ///
    /// gevent: `with semaphore:`.
    public func withLock<Value>(_ body: () throws -> Value) throws -> Value {
        try acquire()
        defer { release() }
        return try body()
    }

    /// Has `callback` called by the hub of this thread once a place is free; soon, if one is.
    ///
    /// gevent: `rawlink`.
    public func linkReady(_ callback: @escaping () -> Void) -> LinkToken {
        semaphore.linkReady(callback)
    }

    /// Calls `callback` in place, on whatever thread gives a place back; now, if there is one.
    public func linkAnywhere(_ callback: @escaping @Sendable () -> Void) -> LinkToken {
        semaphore.linkAnywhere(callback)
    }

    /// Takes a link back; does nothing if it was called before.
    ///
    /// gevent: `unlink`.
    public func unlink(_ token: LinkToken) { semaphore.unlink(token) }
}
