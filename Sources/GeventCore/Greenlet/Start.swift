// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

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
    public final func start() {
        let node = unsafe self.node
        guard unsafe node.pointee.ready.flags & UInt32(GV_IS_STARTED | GV_IS_FINISHED) == 0 else { return }
        let hub = unsafe node.pointee.hub!
        precondition(unsafe hub == gv_hub_here(), "a greenlet is started on the thread of its hub")
        unsafe enlist(with: hub)
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
        let timer = HubTimer(hub: ownHub) { [self] in
            details.delayedStart = nil
            unsafe enqueue(with: unsafe node.pointee.hub)
        }
        details.delayedStart = timer
        timer.start(after: delay)
    }

    /// Registers it as one of the hub's, and notes where it comes from.
    final func enlist(with hub: UnsafeMutablePointer<gv_hub>) {
        let node = unsafe self.node
        unsafe node.pointee.ready.flags |= UInt32(GV_IS_STARTED)
        unsafe node.pointee.words.concurrency.2 = gv_task_locals_inherit(&hub.pointee.slots)
        let spawner = unsafe hub.pointee.current!
        if unsafe spawner == hub.pointee.main {
            unsafe node.pointee.spawner = spawner
        } else if unsafe !isLoop(spawner, of: hub) {
            unsafe node.pointee.spawner = spawner
            unsafe node.pointee.spawner_serial = spawner.pointee.serial
            inheritTree(of: unsafe AnyGreenlet.of(spawner))
        }
        unsafe LiveList.insert(node, into: hub)
        if SpawnCallbacks.areThere { SpawnCallbacks.call(self) }
        // Balanced when its run, or the end of its cancelled start, is over.
        _ = unsafe Unmanaged.passRetained(self)
    }

    private final func enqueue(with hub: UnsafeMutablePointer<gv_hub>) {
        raise(GV_IS_QUEUED)
        unsafe gv_ready_push(hub, &node.pointee.ready)
    }
}

/// The started greenlets of a hub that have not ended.
enum LiveList {
    static func insert(_ node: Node, into hub: UnsafeMutablePointer<gv_hub>) {
        unsafe hub.pointee.live_count += 1
        if unsafe hub.pointee.live_count > hub.pointee.live_most { unsafe hub.pointee.live_most = hub.pointee.live_count }
        unsafe node.pointee.serial = hub.pointee.next_serial
        unsafe hub.pointee.next_serial += 1
        let head = unsafe hub.pointee.live_head
        unsafe node.pointee.live_next = head
        if let head = unsafe head { unsafe head.pointee.live_previous = node }
        unsafe hub.pointee.live_head = node
    }

    static func remove(_ node: Node, from hub: UnsafeMutablePointer<gv_hub>) {
        let next = unsafe node.pointee.live_next
        let previous = unsafe node.pointee.live_previous
        if let previous = unsafe previous { unsafe previous.pointee.live_next = next } else { unsafe hub.pointee.live_head = next }
        if let next = unsafe next { unsafe next.pointee.live_previous = previous }
        unsafe hub.pointee.live_count -= 1
    }

    /// The greenlet that was at `node` when it had this serial number, if it lives.
    static func find(_ node: Node, serial: UInt64, in hub: UnsafeMutablePointer<gv_hub>) -> AnyGreenlet? {
        var here = unsafe hub.pointee.live_head
        while let live = unsafe here {
            if unsafe live == node && live.pointee.serial == serial { return unsafe AnyGreenlet.of(live) }
            unsafe here = live.pointee.live_next
        }
        return nil
    }

    /// All of them, oldest first.
    static func all(of hub: UnsafeMutablePointer<gv_hub>) -> [AnyGreenlet] {
        var greenlets: [AnyGreenlet] = []
        var node = unsafe hub.pointee.live_head
        while let here = unsafe node {
            greenlets.append(unsafe AnyGreenlet.of(here))
            unsafe node = here.pointee.live_next
        }
        return greenlets.reversed()
    }
}
