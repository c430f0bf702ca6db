// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventFiber
internal import GeventSystem

extension Hub {
    /// Kills all greenlets, runs them to their end, and frees what the hub has.
    ///
    /// The next use on this thread makes a new hub. A greenlet that refuses to end, by waiting in
    /// `shielded`, is waited for; one that ignores the kill is struck again at each of its waits.
    ///
    /// > Suspends: Until all greenlets have ended.
    ///
    /// What other threads have handed over and has not begun is dropped; who waits for it gets
    /// ``HubClosed``. A thread that ends closes its hub by itself; the end of the process closes none.
    ///
    /// - Precondition: Called by the main greenlet, on the thread of the hub.
    ///
    /// gevent: `Hub.destroy`, which is less polite.
    public func close() {
        require(unsafe pointer == gv_hub_here(), "a hub is closed by its own thread")
        require(
            unsafe pointer.pointee.current == pointer.pointee.main,
            "a hub is closed by its main greenlet")
        isClosing = true
        unsafe Interrupts.of(mainGreenlet.node).end()
        while true {
            for greenlet in greenlets { kill(greenlet) }
            if isDone || !drain() { break }
        }
        scheduler.reference.close()
        unsafe gv_remote_await_pushers(pointer)
        if !isDone { _ = drain() }
        while !forsake() { _ = drain() }
        scheduler.letGoOfBelongings()
        unsafe gv_hubs_remove(pointer)
        gv_hub_set_here(nil)
        free()
    }

    /// Closes the hub, as its thread ends; if it ends inside of a greenlet, nobody runs any more.
    func leave() {
        if unsafe pointer.pointee.current == pointer.pointee.main { return close() }
        StandardError.write(
            "gevent: a thread has ended inside of a greenlet; nobody in its hub runs any more\n"
                + LoopExit(hub: self).list + "\n")
        scheduler.reference.close()
        _ = forsake()
        unsafe gv_hubs_remove(pointer)
        gv_hub_set_here(nil)
    }

    /// Takes those that are left out of the reach of wakers, who turn to the next in line then.
    ///
    /// - Returns: False if somebody has woken one already, and is about to hand it over.
    private func forsake() -> Bool {
        var isAlone = true
        for greenlet in greenlets {
            // SAFETY: the record of the wait lies on a stack that stays.
            guard let waiter = unsafe greenlet.node.pointee.waiter else { continue }
            if unsafe gv_claim(waiter, UInt32(GV_INTERRUPTED)) { continue }
            if unsafe gv_waiter_state(waiter) == UInt32(GV_WOKEN) { isAlone = false }
        }
        return isAlone
    }

    // Whether neither a greenlet nor a callback is left.
    private var isDone: Bool {
        _ = unsafe gv_remote_take(pointer)
        return unsafe pointer.pointee.live_count == 0 && pointer.pointee.ready_head == nil
    }

    // Lets everybody run until nobody is left; false if some wait for what will never come.
    private func drain() -> Bool {
        let before = greenletCount
        do { try join() } catch {
            scheduler.report(Failure(context: "closing the hub", error: error, spawnSite: nil))
        }
        return greenletCount == 0 || greenletCount < before
    }

    private func free() {
        while let stack = unsafe pointer.pointee.idle {
            unsafe pointer.pointee.idle = stack.pointee.next
            unsafe stacks.discard(stack)
        }
        reclaimStacks()
        if unsafe pointer.pointee.live_count == 0 {
            unsafe stacks.discard(pointer.pointee.loop.stack)
            stacks.releaseAll()
        }
        mainGreenlet.raise(GV_IS_FINISHED)
        let record = unsafe pointer
        unsafe record.pointee.owner = nil
        // SAFETY: balances the retain of `prepare`; the hub itself still holds it.
        unsafe Unmanaged.passUnretained(scheduler).release()
        // The record goes with the last greenlet that refers to it.
        unsafe gv_hub_retire(record)
        // SAFETY: balances the retain of `prepare`.
        unsafe Unmanaged.passUnretained(self).release()
    }
}
