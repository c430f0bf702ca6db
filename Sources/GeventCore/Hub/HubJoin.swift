// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

extension Hub {
    /// Waits until nothing is left that could happen: no ready greenlet, timer, descriptor or job.
    ///
    /// Greenlets may still be parked then, for something that nobody will do. The hub stays usable,
    /// and may be waited for again.
    ///
    /// > Suspends: Always.
    ///
    /// - Parameter timeout: How long to wait; `nil` waits for ever.
    /// - Returns: Whether it has run dry; false if the time ran out first.
    /// - Throws: What strikes the caller while it waits.
    /// - Precondition: Called by the main greenlet.
    ///
    /// gevent: `Hub.join`.
    @discardableResult
    public func join(timeout: Duration? = nil) throws -> Bool {
        require(
            unsafe pointer.pointee.current == pointer.pointee.main,
            "only the main greenlet waits for its hub")
        unsafe joiners.lock()
        // Its own time limit must not keep the hub alive.
        return unsafe try Wait(what: "Hub.join", object: self)
            .park(on: joiners, hub: pointer, timeout: timeout, isReferenced: false)
    }

    /// Lets the hub sleep on when nothing is left that it knows of, because something outside will
    /// speak to it.
    public func keepAlive() { isKeptAlive = true }

    /// Wakes who waits for a quiet moment; true if there was anybody.
    func wakeIdlers() -> Bool {
        unsafe idlers.lock()
        defer { unsafe idlers.unlock() }
        return unsafe gv_wait_wake_all(idlers) > 0
    }

    /// Nothing can happen any more: tells who waits for just that, else the main greenlet.
    func runDry() {
        unsafe joiners.lock()
        let count = unsafe gv_wait_wake_all(joiners)
        unsafe joiners.unlock()
        if count > 0 { return }
        let source = ObjectIdentifier(self)
        let interrupts = unsafe Interrupts.of(mainGreenlet.node)
        interrupts.send(Interrupt(error: LoopExit(hub: self), kind: .event, source: source))
        if unsafe pointer.pointee.ready_head != nil { return }
        // Somebody has woken it this very moment, and is about to say so.
        _ = interrupts.withdraw(from: source)
        require(
            unsafe mainGreenlet.node.pointee.waiter != nil,
            "the hub has run dry while its main greenlet was not waiting")
    }

    /// Whether somebody here was woken by another thread that has not handed them over yet.
    ///
    /// - Complexity: O(n) of the greenlets.
    var isWakeUnderWay: Bool {
        func isClaimed(_ node: Node) -> Bool {
            guard let waiter = unsafe node.pointee.waiter else { return false }
            return unsafe gv_waiter_state(waiter) == UInt32(GV_WOKEN)
        }
        if unsafe isClaimed(mainGreenlet.node) { return true }
        var node = unsafe pointer.pointee.live_head
        while let here = unsafe node {
            if unsafe isClaimed(here) { return true }
            unsafe node = here.pointee.live_next
        }
        return false
    }
}

/// Waits until nothing is left that could happen in this hub.
///
/// > Suspends: Always.
///
/// - Parameter timeout: How long to wait; `nil` waits for ever.
/// - Returns: Whether the hub has run dry; false if the time ran out first.
/// - Throws: What strikes the caller while it waits.
///
/// gevent: `gevent.wait()`.
@discardableResult
public func wait(timeout: Duration? = nil) throws -> Bool { try Hub.current.join(timeout: timeout) }
