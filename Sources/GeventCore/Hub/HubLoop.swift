// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventFiber
internal import GeventLoop
internal import GeventSystem

extension Hub {
    /// The body of the hub's own greenlet.
    static func runLoop(_ pointer: UnsafeMutablePointer<gv_hub>) {
        let loop = unsafe gv_hub_loop(pointer)
        unsafe gv_stack_announce(loop.pointee.stack)
        while true {
            let next = unsafe Hub.of(pointer).turn()
            unsafe gv_switch(pointer, loop, next)
        }
    }

    /// Does what is due, and returns the greenlet that runs next.
    @inline(never)
    private func turn() -> Node {
        while true {
            reclaimStacks()
            if unsafe pointer.pointee.budget < 0 || pointer.pointee.ready_head == nil { look() }
            if unsafe pointer.pointee.is_ordered != 0, let order = scheduler.order {
                bringForward(by: order)
            }
            guard let entry = unsafe pointer.pointee.ready_head else { continue }
            if unsafe entry.pointee.kind == UInt32(GV_READY_CALLBACK) {
                // Callbacks that queue themselves again must not keep timers and I/O waiting.
                unsafe pointer.pointee.budget -= 1
                unsafe runCallback(at: unsafe gv_ready_pop(pointer))
                continue
            }
            let node = unsafe UnsafeMutableRawPointer(entry).assumingMemoryBound(
                to: gv_greenlet.self)
            if unsafe node.pointee.sp == nil && !giveStack(to: node) { continue }
            _ = unsafe gv_ready_pop(pointer)
            return unsafe node
        }
    }

    /// Looks at other threads' messages, I/O and timers; sleeps if nobody is ready.
    private func look() {
        let now = unsafe HubClock.now(of: pointer)
        pace.adapt(now: now, usedUp: unsafe pointer.pointee.ready_head != nil)
        let budget = pace.budget
        // Without a budget every switch comes by here, where the order is decided.
        unsafe pointer.pointee.budget = pointer.pointee.is_ordered == 0 ? budget : 0
        unsafe pointer.pointee.pulse &+= 2
        _ = unsafe gv_remote_take(pointer)
        let isDue = scheduler.timers.nextDeadline.nanosecondsLeft(at: now) == 0
        if unsafe isDue || pointer.pointee.ready_head != nil {
            // I/O before timers: what has come is not too late.
            if scheduler.poller.count > 0 { poll(nanoseconds: 0) }
            fireTimers(now: now)
            return
        }
        if wakeIdlers() { return }
        shedStacks()
        guard isAlive || isWakeUnderWay else { return runDry() }
        // Each look at the clock counts where a hub sleeps for every message.
        guard unsafe pointer.pointee.virtual_now != 0 else { return sleep(from: now) }
        if let virtual = scheduler.virtualTime, scheduler.timers.count > 0 {
            passTime(virtual)
        } else {
            sleep(from: MonotonicClock.now)
        }
    }

    /// Waits for I/O, the next timer or another thread.
    private func sleep(from now: UInt64) {
        let next = scheduler.timers.nextDeadline.nanosecondsLeft(at: now)
        var wait = next.map { pace.timerWait($0, now: now) }
        if waitsForOthers, let patience = quiet.patience(now: now) {
            wait = min(wait ?? .max, patience)
        }
        let isWatched = unsafe spin.watch(pointer, atMost: wait ?? .max)
        if !isWatched {
            poll(nanoseconds: discardSurplus() ? 0 : wait)
        } else if spin.isTimeForIO {
            poll(nanoseconds: 0)
        }
        let isWoken = unsafe gv_remote_take(pointer)
        let then = MonotonicClock.now
        if isWoken && !isWatched { spin.wasWoken(after: then - now) }
        let virtual = unsafe pointer.pointee.virtual_now
        fireTimers(now: virtual == 0 ? then : virtual)
        if unsafe pointer.pointee.ready_head != nil {
            quiet.reset()
        } else if waitsForOthers && quiet.isDue(now: then) {
            reportWaiters()
        }
    }

    /// Whether something is left that could wake somebody.
    private var isAlive: Bool {
        scheduler.timers.referencedCount > 0 || scheduler.outsideWaits > 0
            || (mayBeSpokenTo && (!isClosing || greenletCount > 0))
    }

    var mayBeSpokenTo: Bool { unsafe isKeptAlive || gv_hub_is_shared(pointer) }

    func poll(nanoseconds: UInt64?) {
        unsafe pointer.pointee.pulse |= 1
        defer { unsafe pointer.pointee.pulse &= ~1 }
        do {
            try scheduler.poller.poll(timeoutNanoseconds: nanoseconds) { event in deliver(event) }
        } catch {
            trap("a hub cannot wait for I/O any more: \(error)")
        }
    }

    private func runCallback(at entry: UnsafeMutablePointer<gv_ready>) {
        do { unsafe try HubCallback.run(entry) } catch {
            scheduler.report(
                Failure(context: "a callback of the hub", error: error, spawnSite: nil))
        }
    }

    private func deliver(_ event: PollEvent) {
        guard let context = unsafe event.context else { return }
        // SAFETY: a registration holds it until it ends.
        unsafe WatchState(context: context).note(event.readiness)
    }

    /// Gives a greenlet that never ran its stack, or ends it with the reason why there is none.
    private func giveStack(to node: Node) -> Bool {
        if unsafe gv_stack_bind(pointer, node) { return true }
        do {
            let stack = unsafe try stacks.make(byteCount: unsafe Int(node.pointee.stack_size))
            unsafe node.pointee.stack = stack
            unsafe node.pointee.sp = stack.pointee.sp
            return true
        } catch {
            _ = unsafe gv_ready_pop(pointer)
            unsafe AnyGreenlet.of(node).failToStart(error)
            return false
        }
    }
}
