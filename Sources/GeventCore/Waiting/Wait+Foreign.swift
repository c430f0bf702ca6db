// SPDX-License-Identifier: Apache-2.0
package import CGeventSwitch

extension Wait {
    /// Parks the running greenlet below frames of C, which nothing may be thrown through.
    ///
    /// What strikes meanwhile stays due, and is thrown at the greenlet's next wait.
    ///
    /// > Suspends: If `publish` returns true.
    ///
    /// - Parameters:
    ///   - hub: The hub of this thread.
    ///   - timeout: How long to wait; `nil` waits for ever.
    ///   - hears: Whether what strikes ends the wait.
    ///   - publish: Shows the wait to those who may end it; false if there is nothing to wait for.
    ///   - retract: Takes it back after the wait.
    /// - Returns: `GV_WOKEN`, `GV_TIMED_OUT` or `GV_INTERRUPTED`; `GV_WAITING` if there was no wait.
    package func parkForeign(
        hub: UnsafeMutablePointer<gv_hub>, timeout: Duration?, hears: Bool,
        publish: (UnsafeMutablePointer<gv_waiter>) -> Bool,
        retract: (UnsafeMutablePointer<gv_waiter>) -> Void
    ) -> UInt32 {
        let here = unsafe gv_current(hub)
        if hears, unsafe gv_flags(here) & UInt32(GV_IS_INTERRUPTED) != 0 {
            return UInt32(GV_INTERRUPTED)
        }
        let interrupts = hears ? nil : unsafe Interrupts.of(here)
        interrupts?.deafen()
        defer { interrupts?.undeafen() }
        var waiter = unsafe record(for: here)
        // SAFETY: the record outlives the wait: this frame goes on only once it was claimed, and
        // `retract` has taken it from whoever knew of it.
        return unsafe withUnsafeMutablePointer(to: &waiter) { waiter in
            guard unsafe publish(waiter) else { return UInt32(GV_WAITING) }
            unsafe here.pointee.waiter = waiter
            if let timeout {
                unsafe switchTimed(waiter, hub: hub, timeout: timeout, isReferenced: true)
            } else {
                unsafe gv_park(hub)
            }
            unsafe here.pointee.waiter = nil
            unsafe retract(waiter)
            return unsafe gv_waiter_state(waiter)
        }
    }
}
