// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventFiber
internal import GeventLoop
internal import GeventSystem
internal import Synchronization

/// Makes the hub of this thread, for those who stand below and cannot name it.
@_cdecl("gv_hub_make")
func makeHubOfThisThread() -> UnsafeMutablePointer<gv_hub> { unsafe Hub.make().pointer }

extension Hub {
    /// Makes the hub of this thread.
    @inline(never)
    static func make() -> Hub {
        requireNoTask("a hub on a thread of Swift's concurrency pool would block other tasks")
        let pointer = UnsafeMutablePointer<gv_hub>.allocate(capacity: 1)
        unsafe pointer.initialize(to: gv_hub())
        do {
            let scheduler = unsafe try Scheduler(pointer: pointer)
            // Set before any greenlet is made, whose initialiser asks for it.
            unsafe gv_hub_set_here(pointer)
            let hub = Hub(scheduler: scheduler)
            try hub.prepare()
            return hub
        } catch {
            fatalError("no hub for this thread: \(error)")
        }
    }

    private func prepare() throws {
        // SAFETY: both are released by `free`.
        unsafe pointer.pointee.owner = Unmanaged.passRetained(scheduler).toOpaque()
        unsafe scheduler.owner = Unmanaged.passRetained(self).takeUnretainedValue()
        unsafe scheduler.name = { unsafe AnyGreenlet.of($0).name }
        unsafe pointer.pointee.number = Hub.made.add(1, ordering: .relaxed).newValue
        unsafe RuntimePlaces.attach(pointer)
        unsafe pointer.pointee.attention |= gv_attention_needed()
        unsafe pointer.pointee.run = { unsafe runGreenlet($0) }
        unsafe pointer.pointee.notify = { hub in
            guard let hub = unsafe hub else { return }
            unsafe Scheduler.of(hub).poller.waker.wake()
        }
        unsafe pointer.pointee.budget = Pace.first
        unsafe scheduler.reference.open(pointer)
        // SAFETY: released with the record.
        unsafe pointer.pointee.reference = Unmanaged.passRetained(scheduler.reference).toOpaque()
        unsafe pointer.pointee.release = { hub in
            guard let hub = unsafe hub else { return }
            // SAFETY: balances the retain above.
            unsafe Unmanaged<HubReference>.fromOpaque(hub.pointee.reference).release()
            unsafe hub.deallocate()
        }
        unsafe pointer.pointee.thread_ends = { hub in
            guard let hub = unsafe hub else { return }
            unsafe Hub.of(hub).leave()
        }
        OverlapCheck.attach(to: self)

        let main = unsafe mainGreenlet.node
        mainGreenlet.raise(GV_IS_STARTED | GV_IS_RUNNING)
        unsafe pointer.pointee.main = main
        unsafe main.pointee.serial = pointer.pointee.number
        unsafe pointer.pointee.current = main
        let bounds = unsafe CurrentThread.stack
        unsafe pointer.pointee.main_stack.base = bounds.baseAddress?.assumingMemoryBound(
            to: CChar.self)
        unsafe pointer.pointee.main_stack.size = bounds.count
        unsafe main.pointee.stack = withUnsafeMutablePointer(to: &pointer.pointee.main_stack) {
            unsafe $0
        }
        // Until its first switch it is known by this as one that has a stack.
        unsafe main.pointee.sp = unsafe UnsafeMutableRawPointer(pointer.pointee.main_stack.base)
        try startLoop()
        unsafe gv_hubs_add(pointer)
    }

    // The hub's own greenlet is entered by the first park that finds nobody ready.
    private func startLoop() throws {
        let loop = unsafe gv_hub_loop(pointer)
        let stack = unsafe try stacks.make(byteCount: 0)
        unsafe loop.pointee.hub = pointer
        unsafe loop.pointee.stack = stack
        unsafe loop.pointee.sp = gv_context_make(
            stack,
            { hub in
                guard let hub = unsafe hub else { return }
                unsafe Hub.runLoop(hub.assumingMemoryBound(to: gv_hub.self))
            }, pointer)
        // Every wait looks at this bit: it is how a wait inside a callback is found out.
        unsafe gv_flags_raise(loop, UInt32(GV_IS_INTERRUPTED))
    }
}
