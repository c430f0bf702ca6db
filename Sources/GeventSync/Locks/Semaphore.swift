// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
public import GeventCore
internal import GeventSystem

/// A number of places that greenlets take and give back.
///
/// ```swift
/// let seats = Semaphore(2)
/// try seats.withLock { try work() }
/// ```
///
/// Strictly first come, first served: a place that is given back goes to who has waited longest.
/// Any thread may give back.
///
/// gevent: `gevent.lock.Semaphore`.
@safe public final class Semaphore: Waitable, @unchecked Sendable {
    // SAFETY: the counter and the links are behind the lock of the line.
    let line: WaitList
    private let state: UnsafeMutablePointer<gv_primitive>
    @exclusivity(unchecked) private var links = ReadyLinks()

    // What a waiter's tag says.
    private static let takes: UInt32 = 0
    private static let looks: UInt32 = 1

    /// Makes a semaphore with `value` places.
    ///
    /// - Precondition: `value` is not negative.
    public init(_ value: Int = 1) {
        require(value >= 0, "a semaphore has no fewer than zero places")
        line = WaitList(value: value)
        unsafe state = line.record
    }

    /// How many places are free.
    ///
    /// gevent: `counter`.
    public var counter: Int {
        unsafe gv_primitive_lock(state)
        defer { unsafe gv_primitive_unlock(state) }
        return unsafe Int(state.pointee.value)
    }

    /// Whether no place is free.
    ///
    /// gevent: `locked()`.
    public var isLocked: Bool { counter == 0 }

    /// Whether a place is free.
    ///
    /// gevent: `ready()`.
    public var isReady: Bool { counter > 0 }

    /// Takes a place.
    ///
    /// A greenlet that is killed, or runs out of time, has taken none.
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
        unsafe gv_primitive_lock(state)
        if unsafe state.pointee.value > 0 {
            unsafe state.pointee.value -= 1
            unsafe gv_primitive_unlock(state)
            return true
        }
        unsafe gv_primitive_unlock(state)
        return block ? try acquireLater(timeout: timeout) : false
    }

    private func acquireLater(timeout: Duration?) throws -> Bool {
        let hub = unsafe waitingHubPointer()
        unsafe gv_primitive_lock(state)
        if unsafe state.pointee.value > 0 {
            unsafe state.pointee.value -= 1
            unsafe gv_primitive_unlock(state)
            return true
        }
        if let timeout {
            return unsafe try Wait(what: "Semaphore.acquire", object: self, tag: Self.takes)
                .park(on: gv_line(state), hub: hub, timeout: timeout)
        }
        unsafe try park(self, on: gv_line(state), hub: hub, what: "Semaphore.acquire")
        return true
    }

    /// Gives a place back, to who has waited longest if anybody waits.
    ///
    /// - Returns: How many places are free now.
    /// - Complexity: O(1).
    ///
    /// gevent: `release`.
    @discardableResult
    public func release() -> Int {
        release(limit: .max) ?? 0
    }

    /// Gives a place back unless that would make more than `limit`; `nil` then.
    func release(limit: Int) -> Int? {
        unsafe gv_primitive_lock(state)
        let counter = unsafe state.pointee.value < Int64(limit) ? releaseLocked() : nil
        let due = unsafe state.pointee.links > 0 ? takeLinks() : nil
        unsafe gv_primitive_unlock(state)
        if let due { due.startAll() }
        return counter
    }

    private func releaseLocked() -> Int {
        while let waiter = unsafe gv_wait_claim_first(gv_line(state)) {
            let takes = unsafe waiter.pointee.tag == Self.takes
            unsafe gv_wake(waiter.pointee.greenlet)
            if takes { return unsafe Int(state.pointee.value) }
        }
        unsafe state.pointee.value += 1
        return unsafe Int(state.pointee.value)
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
        let hub = unsafe waitingHubPointer()
        unsafe gv_primitive_lock(state)
        if unsafe state.pointee.value > 0 {
            unsafe gv_primitive_unlock(state)
        } else {
            _ = unsafe try Wait(what: "Semaphore.wait", object: self, tag: Self.looks)
                .park(on: gv_line(state), hub: hub, timeout: timeout)
        }
        return counter
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
        add(.onThisHub(of: self, callback))
    }

    /// Calls `callback` in place, on whatever thread makes it ready; now, if it is ready now.
    public func linkAnywhere(_ callback: @escaping @Sendable () -> Void) -> LinkToken {
        add(.anywhere(callback))
    }

    private func add(_ link: ReadyLink) -> LinkToken {
        unsafe gv_primitive_lock(state)
        unsafe links.add(link)
        unsafe state.pointee.links += 1
        let due = unsafe state.pointee.value > 0 ? takeLinks() : []
        unsafe gv_primitive_unlock(state)
        due.startAll()
        return link.token
    }

    /// Takes a link back; does nothing if it was called before.
    ///
    /// gevent: `unlink`.
    public func unlink(_ token: LinkToken) {
        _ = token.claim()
        unsafe gv_primitive_lock(state)
        let link = unsafe links.remove(token)
        unsafe state.pointee.links = UInt32(links.count)
        unsafe gv_primitive_unlock(state)
        // What it holds is let go of outside of the lock, since a deinit may come back here.
        withExtendedLifetime(link) {}
    }

    /// How many links there are that were not started.
    package var linkCount: Int {
        unsafe gv_primitive_lock(state)
        defer { unsafe gv_primitive_unlock(state) }
        return unsafe links.count
    }

    // As many as there are places: the others are not ready.
    private func takeLinks() -> [ReadyLink] {
        let due = unsafe links.take(limit: Int(state.pointee.value))
        unsafe state.pointee.links = UInt32(links.count)
        return due
    }
}
