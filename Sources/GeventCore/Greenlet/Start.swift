// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

extension AnyGreenlet {
    /// Puts the greenlet at the end of the ready queue; it runs when its turn comes.
    ///
    /// Does nothing if it was started, or ended, before. The task-local values that are in force
    /// here become its own.
    ///
    /// - Complexity: O(1), and about 60 ns for each task-local value.
    /// - Precondition: Called on the thread of its hub.
    ///
    /// gevent: `start`.
    public final func start() { start(isAnnounced: true) }

    /// The same; the spawn callbacks hear of it only if `isAnnounced`.
    final func start(isAnnounced: Bool) {
        let node = unsafe self.node
        guard unsafe gv_flags(node) & UInt32(GV_IS_STARTED | GV_IS_FINISHED) == 0 else {
            return
        }
        let hub = unsafe gv_hub_of(node)
        require(unsafe hub == gv_hub_here(), "a greenlet is started on the thread of its hub")
        unsafe enlist(with: hub)
        guard !isAnnounced || announce() else { return }
        unsafe enqueue(with: hub)
    }

    /// Starts the greenlet after `delay`.
    ///
    /// Does nothing if it was started, or ended, before. It can be killed meanwhile: then it never
    /// runs, but its links are called.
    ///
    /// - Precondition: Called on the thread of its hub.
    ///
    /// gevent: `start_later`.
    public final func start(after delay: Duration) {
        guard !has(GV_IS_STARTED), !has(GV_IS_FINISHED) else { return }
        requireOwnThread("a greenlet is started")
        unsafe enlist(with: unsafe node.pointee.hub)
        guard announce() else { return }
        let timer = HubTimer(scheduler: scheduler) { [self] in
            details.delayedStart = nil
            unsafe enqueue(with: unsafe node.pointee.hub)
        }
        details.delayedStart = timer
        timer.start(after: delay)
    }

    /// Tells the spawn callbacks; false if one of them has killed it, which has let go of its run.
    private final func announce() -> Bool {
        if SpawnCallbacks.areThere { SpawnCallbacks.call(self) }
        return !has(GV_IS_CANCELLED)
    }

    /// Registers it as one of the hub's, and notes where it comes from.
    final func enlist(with hub: UnsafeMutablePointer<gv_hub>) {
        let node = unsafe self.node
        unsafe gv_flags_raise(node, UInt32(GV_IS_STARTED))
        unsafe node.pointee.words.concurrency.2 = gv_task_locals_inherit(&hub.pointee.slots)
        let spawner = unsafe gv_current(hub)
        if unsafe spawner == hub.pointee.main {
            unsafe node.pointee.spawner = spawner
        } else if unsafe !isLoop(spawner, of: hub) {
            unsafe node.pointee.spawner = spawner
            unsafe node.pointee.spawner_serial = spawner.pointee.serial
            inheritTree(of: unsafe AnyGreenlet.of(spawner))
        }
        unsafe LiveList.insert(node, into: hub)
        // Balanced when its run, or the end of its cancelled start, is over.
        _ = unsafe Unmanaged.passRetained(self)
    }

    private final func enqueue(with hub: UnsafeMutablePointer<gv_hub>) {
        raise(GV_IS_QUEUED)
        unsafe gv_ready_push(hub, &node.pointee.ready)
    }
}
