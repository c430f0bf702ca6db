// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventCore
internal import GeventSystem

/// A lock together with a line of greenlets that wait for something to change under it.
///
/// ```swift
/// try condition.withLock {
///     try condition.waitFor { !items.isEmpty }
///     return items.removeFirst()
/// }
/// ```
///
/// Whoever waits has given the lock up, and holds it again when the wait is over, however it ends.
/// Greenlets of any thread may share one.
///
/// gevent: `threading.Condition`, patched.
@safe public final class Condition: Sendable {
    let line = WaitList()
    private let lock: any ConditionLock

    /// Makes a condition under `lock`, which others may use too.
    ///
    /// - Parameter lock: Given up to its full depth while a greenlet waits.
    public init(_ lock: RLock = RLock()) { self.lock = lock }

    /// Makes a condition under a semaphore of one place, which others may use too.
    ///
    /// - Parameter semaphore: Counts as held by the caller while no place is free.
    public init(_ semaphore: Semaphore) { lock = semaphore }

    /// Makes a condition under a semaphore of one place, which others may use too.
    ///
    /// - Parameter semaphore: Counts as held by the caller while no place is free.
    public init(_ semaphore: BoundedSemaphore) { lock = semaphore }

    /// Takes the lock underneath.
    ///
    /// > Suspends: When another greenlet holds it and `block` is true.
    ///
    /// - Parameters:
    ///   - block: False does not wait.
    ///   - timeout: How long to wait; `nil` waits for ever.
    /// - Returns: Whether it was taken.
    /// - Throws: What strikes the greenlet meanwhile.
    ///
    /// gevent: `acquire`.
    @discardableResult
    public func acquire(block: Bool = true, timeout: Duration? = nil) throws -> Bool {
        try lock.acquire(block: block, timeout: timeout)
    }

    /// Gives the lock underneath back.
    ///
    /// - Precondition: The running greenlet holds it.
    ///
    /// gevent: `release`.
    public func release() { lock.unlock() }

    /// Runs `body` with the lock taken, and gives it back however `body` ends.
    ///
    /// > Suspends: When another greenlet holds the lock.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; what strikes the greenlet while it waits for the lock.
    ///
    /// gevent: `with condition:`.
    public func withLock<Value>(_ body: () throws -> Value) throws -> Value {
        try acquire()
        defer { release() }
        return try body()
    }

    /// Gives the lock up until somebody notifies, and takes it back.
    ///
    /// What is waited for may be gone again when the lock is there: look in a loop, or use
    /// ``waitFor(timeout:_:)``. Kills do not strike while the lock is taken back, and a timeout
    /// that does is thrown when it is; a notification that was lost by that goes to the next.
    ///
    /// > Suspends: Always.
    ///
    /// - Parameter timeout: How long to wait for a notification; `nil` waits for ever.
    /// - Returns: Whether there was one before the time ran out.
    /// - Throws: What strikes the greenlet meanwhile; it holds the lock then too.
    /// - Precondition: The running greenlet holds the lock.
    /// - Complexity: O(1), also for leaving the line early.
    ///
    /// gevent: `wait`.
    @discardableResult
    public func wait(timeout: Duration? = nil) throws -> Bool {
        let depth = lock.holdCount
        require(depth > 0, "a Condition was waited for without holding its lock")
        let outcome = Result { try park(depth, timeout) }
        if let struck = regain(depth) {
            // Whoever was killed keeps its own error.
            guard case .success(let isNotified) = outcome else { return try outcome.get() }
            if isNotified { wake(1) }
            throw struck
        }
        return try outcome.get()
    }

    /// Waits until `predicate` says yes, looking at it now and after each notification.
    ///
    /// > Suspends: When `predicate` says no at first.
    ///
    /// - Parameters:
    ///   - timeout: How long to wait; `nil` waits for ever.
    ///   - predicate: Called with the lock held.
    /// - Returns: What `predicate` said last.
    /// - Throws: What `predicate` throws; what strikes the greenlet meanwhile.
    /// - Precondition: The running greenlet holds the lock.
    ///
    /// gevent: `wait_for`.
    @discardableResult
    public func waitFor(
        timeout: Duration? = nil, _ predicate: () throws -> Bool
    ) throws -> Bool {
        let limit = Limit(timeout)
        while try !predicate() {
            let isNotified = try wait(timeout: limit.remaining)
            if !isNotified && timeout != nil { return try predicate() }
        }
        return true
    }

    /// Wakes those who have waited longest; they go on when they have the lock again.
    ///
    /// - Parameter count: How many.
    /// - Precondition: The running greenlet holds the lock.
    /// - Complexity: O(`count`).
    ///
    /// gevent: `notify`.
    public func notify(_ count: Int = 1) {
        require(lock.holdCount > 0, "a Condition was notified without holding its lock")
        wake(count)
    }

    /// Wakes everybody who waits; they go on one by one, as they get the lock.
    ///
    /// - Precondition: The running greenlet holds the lock.
    /// - Complexity: O(n) of the waiters.
    ///
    /// gevent: `notify_all`.
    public func notifyAll() { notify(.max) }

    /// Gives the lock up and stands in line, in one step for whoever notifies.
    private func park(_ depth: Int, _ timeout: Duration?) throws -> Bool {
        let hub = unsafe waitingHubPointer()
        unsafe line.queue.lock()
        for _ in 0..<depth { lock.unlock() }
        return unsafe try Wait(what: "Condition.wait", object: self)
            .park(on: line.queue, hub: hub, timeout: timeout)
    }

    private func wake(_ count: Int) {
        unsafe line.queue.lock()
        var left = count
        while left > 0, let waiter = unsafe gv_wait_claim_first(line.queue) {
            unsafe gv_wake(waiter.pointee.greenlet)
            left -= 1
        }
        unsafe line.queue.unlock()
    }

    /// Takes the lock `depth` times, whatever comes; returns the first error that came meanwhile.
    private func regain(_ depth: Int) -> (any Error)? {
        var struck: (any Error)?
        var taken = 0
        while taken < depth {
            do {
                // A lock that is free needs no shield.
                if try lock.acquire(block: false, timeout: nil) {
                    taken += 1
                } else if try shielded({ try lock.acquire(block: true, timeout: nil) }) {
                    taken += 1
                }
            } catch let error as LoopExit {
                trap("a Condition cannot get its lock back: \(error)")
            } catch {
                struck = struck ?? error
            }
        }
        return struck
    }
}
