// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventCore
internal import GeventSystem

/// A lock that the greenlet which holds it may take again.
///
/// ```swift
/// let lock = RLock()
/// try lock.withLock { try update() }      // update() may take the lock as well
/// ```
///
/// Strictly first come, first served: a lock that is given back goes to who has waited longest.
/// Greenlets of any thread may share one.
///
/// gevent: `gevent.lock.RLock`.
@safe public final class RLock: @unchecked Sendable {
    // SAFETY: the owner, and how often it holds the lock (the number of the line), are behind the
    // line's own lock. Between a release and the next owner's first step nobody is the owner, but
    // the number is 1 already.
    let line = WaitList()
    private let state: UnsafeMutablePointer<gv_primitive>
    @exclusivity(unchecked) private var owner = Owner.nobody

    /// Makes a lock that nobody holds.
    public init() { unsafe state = line.record }

    /// How often its owner has taken it and not given it back; 0 if nobody holds it.
    public var count: Int {
        unsafe gv_primitive_lock(state)
        defer { unsafe gv_primitive_unlock(state) }
        return unsafe Int(state.pointee.value)
    }

    /// Whether a greenlet holds it.
    ///
    /// gevent: `locked()`.
    public var isLocked: Bool { count > 0 }

    /// Whether the running greenlet holds it.
    ///
    /// gevent: `_is_owned`.
    public var isOwned: Bool {
        let here = Owner.current
        unsafe gv_primitive_lock(state)
        defer { unsafe gv_primitive_unlock(state) }
        return unsafe owner == here
    }

    /// Takes the lock, once more if the running greenlet holds it already.
    ///
    /// A greenlet that is killed, or runs out of time, has not taken it.
    ///
    /// > Suspends: When another greenlet holds it and `block` is true.
    ///
    /// - Parameters:
    ///   - block: False does not wait.
    ///   - timeout: How long to wait; `nil` waits for ever.
    /// - Returns: Whether it was taken.
    /// - Throws: What strikes the greenlet meanwhile.
    /// - Complexity: O(1), also for leaving the line early.
    ///
    /// gevent: `acquire`.
    @discardableResult
    public func acquire(block: Bool = true, timeout: Duration? = nil) throws -> Bool {
        let here = Owner.current
        while true {
            unsafe gv_primitive_lock(state)
            if unsafe state.pointee.value == 0 || owner == here {
                unsafe owner = here
                unsafe state.pointee.value += 1
                unsafe gv_primitive_unlock(state)
                return true
            }
            guard block else {
                unsafe gv_primitive_unlock(state)
                return false
            }
            let isHandedOver = unsafe try Wait(what: "RLock.acquire", object: self)
                .park(on: line.queue, hub: waitingHubPointer(), timeout: timeout)
            if isHandedOver {
                own(here)
                return true
            }
            // A strike that was taken back ends the wait for nothing.
            if timeout != nil { return false }
        }
    }

    /// Gives the lock back once; the last time, to who has waited longest if anybody waits.
    ///
    /// - Precondition: The running greenlet holds it.
    /// - Complexity: O(1).
    ///
    /// gevent: `release`.
    public func release() {
        let here = Owner.current
        unsafe gv_primitive_lock(state)
        guard unsafe owner == here else {
            unsafe gv_primitive_unlock(state)
            trap("an RLock was released by \(nameOfCurrent()), which does not hold it")
        }
        if unsafe state.pointee.value > 1 {
            unsafe state.pointee.value -= 1
        } else {
            handOver()
        }
        unsafe gv_primitive_unlock(state)
    }

    /// Runs `body` with the lock taken, and gives it back however `body` ends.
    ///
    /// > Suspends: When another greenlet holds it.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; what strikes the greenlet while it waits for the lock.
    ///
    /// gevent: `with lock:`.
    public func withLock<Value>(_ body: () throws -> Value) throws -> Value {
        try acquire()
        defer { release() }
        return try body()
    }

    // The one that leaves is running, so this cannot be what frees it, under the lock.
    private func handOver() {
        unsafe owner = .nobody
        if let waiter = unsafe gv_wait_claim_first(gv_line(state)) {
            unsafe gv_wake(waiter.pointee.greenlet)
        } else {
            unsafe state.pointee.value = 0
        }
    }

    private func own(_ greenlet: Owner) {
        unsafe gv_primitive_lock(state)
        unsafe owner = greenlet
        unsafe gv_primitive_unlock(state)
    }
}
