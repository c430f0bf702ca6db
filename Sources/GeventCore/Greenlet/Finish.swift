// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// Runs a greenlet from its first instruction to its last; called on its stack.
///
/// Nothing of the greenlet is left in the caller's frame, so the stack serves the next one as it is.
@inline(never)
func runGreenlet(_ node: UnsafeMutablePointer<gv_greenlet>?) {
    guard let node = unsafe node else { return }
    let hub = unsafe gv_hub_of(node)
    // SAFETY: `enlist` retained it for this run.
    let greenlet = unsafe Unmanaged<AnyGreenlet>.fromOpaque(node.pointee.object)
    unsafe greenlet._withUnsafeGuaranteedRef { greenlet in
        // Killed while it stood in the queue: its end was made known then.
        if greenlet.has(GV_IS_CANCELLED) { return }
        greenlet.raise(GV_IS_RUNNING)
        greenlet.runner(greenlet)
        greenlet.finish()
    }
    // What goes with the object must not wait: as in a callback of the hub, nobody is running.
    unsafe hub.pointee.current = gv_hub_loop(hub)
    unsafe greenlet.release()
}

extension AnyGreenlet {
    /// Makes the end known: to those who wait, then to the hub.
    final func finish() {
        let node = unsafe self.node
        let hub = unsafe gv_hub_of(node)
        if unsafe hub.pointee.slots.concurrency[2] != nil {
            unsafe gv_task_locals_drop(&hub.pointee.slots)
        }
        unsafe LiveList.remove(node, from: hub)
        let left = conclude()
        if unsafe node.pointee.interrupts != nil { unsafe Interrupts.of(node).end() }
        if let left { leave(left) }
    }

    /// Publishes the outcome and wakes whoever waits for it.
    ///
    /// - Returns: What it has beside its record, to be let go of.
    private final func conclude() -> (extras: Extras, ident: Int?)? {
        let node = unsafe self.node
        let hub = unsafe gv_hub_of(node)
        unsafe gv_line_lock(gv_joiners(node))
        unsafe gv_flags_raise(node, UInt32(GV_IS_FINISHED))
        unsafe node.pointee.serial = hub.pointee.next_serial
        unsafe hub.pointee.next_serial += 1
        let left = unsafe extras.map { ($0, $0.ident) }
        // Few have either. Before joiners: who was told to run after the end does so before who waits for it.
        if unsafe extras != nil || node.pointee.memberships != nil { tellOthers() }
        if unsafe node.pointee.joiners.head != nil {
            _ = unsafe gv_wait_wake_all(gv_joiners(node))
        }
        unsafe gv_line_unlock(gv_joiners(node))
        return left
    }

    /// Tells the collections that it is a member of, and starts its links, outside of the lock.
    @inline(never)
    private final func tellOthers() {
        let links = unsafe extras?.links.take() ?? []
        unsafe gv_line_unlock(gv_joiners(node))
        Membership.endAll(of: self)
        links.startAll()
        unsafe gv_line_lock(gv_joiners(node))
    }

    private final func leave(_ left: (extras: Extras, ident: Int?)) {
        let stores = left.extras.localStores
        left.extras.localStores = [:]
        for store in stores.values { store.forget(ObjectIdentifier(self)) }
        releaseIdent(left.ident)
    }

    /// Ends a greenlet that was never entered; its body is let go of, its links are called.
    final func cancelStart(with error: any Error) {
        let node = unsafe self.node
        let hub = unsafe gv_hub_of(node)
        settle(error)
        dropBody()
        let delayed = unsafe extras?.delayedStart
        unsafe extras?.delayedStart = nil
        delayed?.cancel()
        let wasListed = has(GV_IS_STARTED)
        if wasListed {
            unsafe LiveList.remove(node, from: hub)
            if let locals = unsafe node.pointee.words.concurrency.2 {
                unsafe gv_task_locals_free(&hub.pointee.slots, locals)
                unsafe node.pointee.words.concurrency.2 = nil
            }
        }
        raise(GV_IS_CANCELLED)
        let left = conclude()
        if unsafe node.pointee.interrupts != nil { unsafe Interrupts.of(node).end() }
        if let left { leave(left) }
        // In the queue it keeps its reference until its turn; else nobody will come to drop it.
        if wasListed && !has(GV_IS_QUEUED) { unsafe Unmanaged.passUnretained(self).release() }
    }
}
