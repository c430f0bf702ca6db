// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventFiber

extension Hub {
    /// Kills all greenlets, runs them to their end, and frees what the hub has.
    ///
    /// The next use on this thread makes a new hub. A greenlet that refuses to end, by waiting in
    /// `shielded`, is waited for; one that ignores the kill is struck again at each of its waits.
    ///
    /// > Suspends: Until all greenlets have ended.
    ///
    /// - Precondition: Called by the main greenlet, on the thread of the hub.
    ///
    /// gevent: `Hub.destroy`, which is less polite.
    public func close() {
        precondition(unsafe pointer == gv_hub_here(), "a hub is closed by its own thread")
        precondition(
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
        gv_hub_set_here(nil)
        free()
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
        // A greenlet that was never started may still be killed from another thread: nobody hears it.
        unsafe record.pointee.notify = { _ in }
        // SAFETY: as above.
        unsafe Unmanaged.passUnretained(scheduler).release()
        // SAFETY: balances the retain of `prepare`. The record itself stays: greenlets that are
        // still referred to compare their hub's address with it, and it must not be anyone else's.
        unsafe Unmanaged.passUnretained(self).release()
    }
}
