// SPDX-License-Identifier: Apache-2.0
package import CGeventSwitch
internal import GeventLoop
internal import GeventSystem

/// One wait of the running greenlet: the only way in which a greenlet is parked for something.
///
/// The record of the wait is the greenlet's own, or lies on its stack. Whoever ends the wait claims it
/// first: the waker, the wait's own time limit, or an interrupt. A claimed greenlet goes through
/// the ready queue, and has left its wait queue before its code runs again.
@safe package struct Wait {
    private let what: StaticString
    private let object: UnsafeRawPointer?
    private let slot: UnsafeMutableRawPointer?
    private let tag: UInt32

    /// A wait for `object`, called `what` in reports.
    ///
    /// - Parameters:
    ///   - what: What reports call it.
    ///   - object: What is waited for.
    ///   - slot: Where the waker puts, or from where it takes, what is handed over.
    ///   - tag: A number for the primitive's own use.
    @inline(__always)
    package init(
        what: StaticString, object: AnyObject?, slot: UnsafeMutableRawPointer? = nil,
        tag: UInt32 = 0
    ) {
        self.what = what
        // SAFETY: only its address is kept, for reports, while the waiting frame holds it.
        unsafe self.object = object.map {
            unsafe UnsafeRawPointer(Unmanaged.passUnretained($0).toOpaque())
        }
        unsafe self.slot = slot
        self.tag = tag
    }

    /// Parks the running greenlet in `queue`, whose lock the caller holds and which this gives back.
    ///
    /// - Parameters:
    ///   - queue: The line to stand in.
    ///   - hub: The hub of this thread.
    ///   - timeout: How long to wait; `nil` waits for ever.
    ///   - isReferenced: Whether the time limit keeps the hub alive.
    ///   - lock: What guards the line, if not the lock in it.
    /// - Returns: True if a waker ended the wait, false if `timeout` did.
    /// - Throws: What interrupted the wait.
    package func park(
        on queue: UnsafeMutablePointer<gv_wait_queue>, hub: UnsafeMutablePointer<gv_hub>,
        timeout: Duration?,
        isReferenced: Bool = true, lock: UnsafeMutablePointer<UInt32>? = nil
    ) throws -> Bool {
        let lock = unsafe lock ?? gv_line_word(queue)
        let here = unsafe gv_current(hub)
        if unsafe gv_flags(here) & UInt32(GV_IS_INTERRUPTED) != 0 {
            unsafe gv_unlock(lock)
            unsafe try throwInterrupt(of: here, hub: hub)
            unsafe gv_lock(lock)
        }
        if let timeout {
            return unsafe try parkTimed(
                on: queue, lock: lock, hub: hub, timeout: timeout, isReferenced: isReferenced)
        }
        // SAFETY: no other wait has the record: this frame goes on only once it was claimed, and has
        // left the queue.
        let waiter = unsafe begin(here)
        unsafe gv_wait_append(queue, waiter)
        unsafe gv_unlock(lock)
        unsafe gv_park(hub)
        unsafe here.pointee.waiter = nil
        if unsafe gv_waiter_state(waiter) == UInt32(GV_WOKEN) { return true }
        return unsafe try leave(waiter, queue: queue, lock: lock, hub: hub)
    }

    /// Parks the running greenlet until its time is up, or until an interrupt.
    ///
    /// - Returns: False; true if whoever was handed the waiter claimed it.
    package func parkAlone(
        hub: UnsafeMutablePointer<gv_hub>, timeout: Duration?, isReferenced: Bool = true,
        _ publish: (UnsafeMutablePointer<gv_waiter>) -> Void = { _ in () }
    ) throws -> Bool {
        let here = unsafe gv_current(hub)
        if unsafe gv_flags(here) & UInt32(GV_IS_INTERRUPTED) != 0 {
            unsafe try throwInterrupt(of: here, hub: hub)
        }
        var waiter = unsafe record(for: here)
        return unsafe try withUnsafeMutablePointer(to: &waiter) { waiter in
            unsafe publish(waiter)
            unsafe here.pointee.waiter = waiter
            if let timeout {
                unsafe switchTimed(waiter, hub: hub, timeout: timeout, isReferenced: isReferenced)
            } else {
                unsafe gv_park(hub)
            }
            unsafe here.pointee.waiter = nil
            if unsafe gv_waiter_state(waiter) == UInt32(GV_WOKEN) { return true }
            return unsafe try leave(waiter, queue: nil, lock: nil, hub: hub)
        }
    }

    @inline(never)
    private func parkTimed(
        on queue: UnsafeMutablePointer<gv_wait_queue>, lock: UnsafeMutablePointer<UInt32>,
        hub: UnsafeMutablePointer<gv_hub>, timeout: Duration,
        isReferenced: Bool
    ) throws -> Bool {
        let here = unsafe gv_current(hub)
        let waiter = unsafe begin(here)
        unsafe gv_wait_append(queue, waiter)
        unsafe gv_unlock(lock)
        unsafe switchTimed(waiter, hub: hub, timeout: timeout, isReferenced: isReferenced)
        unsafe here.pointee.waiter = nil
        if unsafe gv_waiter_state(waiter) == UInt32(GV_WOKEN) { return true }
        return unsafe try leave(waiter, queue: queue, lock: lock, hub: hub)
    }

    func switchTimed(
        _ waiter: UnsafeMutablePointer<gv_waiter>, hub: UnsafeMutablePointer<gv_hub>,
        timeout: Duration,
        isReferenced: Bool
    ) {
        let deadline = unsafe Deadline.after(timeout, from: HubClock.now(of: hub))
        if unsafe gv_is_native(hub) {
            return unsafe gv_native_park_until(hub, waiter, deadline.nanoseconds)
        }
        let timers = unsafe Scheduler.of(hub).timers
        var timer = TimerNode(
            deadline: deadline, context: UnsafeMutableRawPointer(waiter),
            kind: TimerKind.wait, isReferenced: isReferenced)
        unsafe withUnsafeMutablePointer(to: &timer) { timer in
            unsafe timers.insert(timer)
            unsafe gv_park(hub)
            unsafe timers.remove(timer)
        }
    }

    /// The greenlet's own record, of a wait that stands nowhere yet.
    @inline(__always)
    private func begin(_ greenlet: Node) -> UnsafeMutablePointer<gv_waiter> {
        unsafe gv_wait_begin(greenlet, object, words, slot, tag)
    }

    // What is waited for, as C writes it.
    private var words: UnsafePointer<CChar> {
        unsafe UnsafeRawPointer(what.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    /// A record for the frame of a wait during which others may begin.
    func record(for greenlet: UnsafeMutablePointer<gv_greenlet>) -> gv_waiter {
        var waiter = unsafe gv_waiter()
        unsafe waiter.greenlet = greenlet
        unsafe waiter.slot = slot
        unsafe waiter.object = object
        unsafe waiter.what = words
        unsafe waiter.tag = tag
        return unsafe waiter
    }

    @inline(never)
    private func leave(
        _ waiter: UnsafeMutablePointer<gv_waiter>, queue: UnsafeMutablePointer<gv_wait_queue>?,
        lock: UnsafeMutablePointer<UInt32>?, hub: UnsafeMutablePointer<gv_hub>
    ) throws -> Bool {
        if let queue = unsafe queue, let lock = unsafe lock {
            unsafe gv_lock(lock)
            if unsafe waiter.pointee.queue != nil { unsafe gv_wait_remove(queue, waiter) }
            unsafe gv_unlock(lock)
        }
        if unsafe gv_waiter_state(waiter) == UInt32(GV_INTERRUPTED) {
            unsafe try throwInterrupt(of: unsafe gv_current(hub), hub: hub)
        }
        return false
    }
}

/// Throws what ended a wait of the running greenlet that nobody woke.
@inline(never)
package func throwWhatStruck() throws {
    let hub = unsafe currentHubPointer()
    unsafe try throwInterrupt(of: hub.pointee.current, hub: hub)
}

/// Throws what is due in the greenlet, if anything is.
@inline(never)
func throwInterrupt(of node: Node, hub: UnsafeMutablePointer<gv_hub>) throws {
    if unsafe isLoop(node, of: hub) { throw BlockingSwitchOutError() }
    if let error = unsafe Interrupts.of(node).take() { throw error }
}
