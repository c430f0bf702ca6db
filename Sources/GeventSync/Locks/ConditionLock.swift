// SPDX-License-Identifier: Apache-2.0

/// A lock that a ``Condition`` can stand on.
///
/// ``RLock``, ``Semaphore`` and ``BoundedSemaphore`` are.
public protocol ConditionLock: AnyObject, Sendable {
    /// How often the running greenlet has taken it and not given it back, as far as the lock can
    /// tell; 0 if it does not hold it.
    var holdCount: Int { get }

    /// Takes the lock.
    ///
    /// > Suspends: When somebody else holds it and `block` is true.
    ///
    /// - Parameters:
    ///   - block: False does not wait.
    ///   - timeout: How long to wait; `nil` waits for ever.
    /// - Returns: Whether it was taken.
    /// - Throws: What strikes the greenlet meanwhile; it has not taken the lock then.
    func acquire(block: Bool, timeout: Duration?) throws -> Bool

    /// Gives the lock back once.
    func unlock()
}

extension RLock: ConditionLock {
    /// How often the running greenlet holds it; 0 if another one does, or nobody.
    public var holdCount: Int { isOwned ? count : 0 }

    /// Gives the lock back once, as ``release()``.
    ///
    /// - Precondition: The running greenlet holds it.
    public func unlock() { release() }
}

extension Semaphore: ConditionLock {
    /// 1 if no place is free; a semaphore cannot tell who has taken them.
    public var holdCount: Int { isLocked ? 1 : 0 }

    /// Gives a place back, as ``release()``.
    public func unlock() { release() }
}

extension BoundedSemaphore: ConditionLock {
    /// 1 if no place is free; a semaphore cannot tell who has taken them.
    public var holdCount: Int { isLocked ? 1 : 0 }

    /// Gives a place back, as ``release()``.
    ///
    /// - Precondition: The place was taken before.
    public func unlock() { release() }
}
