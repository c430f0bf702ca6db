// SPDX-License-Identifier: Apache-2.0

/// What a ``Condition`` needs of the lock underneath.
///
/// Nobody else conforms: it is given back under the condition's own lock, so that no notification
/// is lost between that and the wait.
protocol ConditionLock: AnyObject, Sendable {
    /// How often the running greenlet has taken it and not given it back, as far as the lock can
    /// tell; 0 if it does not hold it.
    var holdCount: Int { get }

    @discardableResult
    func acquire(block: Bool, timeout: Duration?) throws -> Bool

    /// Gives it back once; does not wait.
    func unlock()
}

extension RLock: ConditionLock {
    var holdCount: Int { isOwned ? count : 0 }

    func unlock() { release() }
}

extension Semaphore: ConditionLock {
    // A semaphore cannot tell who has taken its places.
    var holdCount: Int { isLocked ? 1 : 0 }

    func unlock() { release() }
}

extension BoundedSemaphore: ConditionLock {
    // A semaphore cannot tell who has taken its places.
    var holdCount: Int { isLocked ? 1 : 0 }

    func unlock() { release() }
}
