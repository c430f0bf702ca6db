// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventFiber

extension AnyGreenlet {
    /// Whether it was started and has not ended.
    ///
    /// gevent: `started`, and the truth value of a greenlet.
    public final var isStarted: Bool { has(GV_IS_STARTED) && !isReady }

    /// Whether it has ended: returned, failed, or killed.
    ///
    /// gevent: `ready()`.
    public final var isReady: Bool {
        // On its own thread the flag needs no lock.
        if unsafe node.pointee.hub == gv_hub_here() { return has(GV_IS_FINISHED) }
        unsafe gv_line_lock(gv_joiners(node))
        defer { unsafe gv_line_unlock(gv_joiners(node)) }
        return has(GV_IS_FINISHED)
    }

    /// Whether it has ended, as ``isReady``.
    ///
    /// gevent: `dead`.
    public final var isDead: Bool { isReady }

    /// Whether it has ended without an error; having been killed by ``GreenletExit`` counts.
    ///
    /// gevent: `successful()`.
    public final var isSuccessful: Bool { isReady && !has(GV_WAS_FAILED) }

    /// Whether ``GreenletExit`` ended it.
    public final var isKilled: Bool { isReady && has(GV_WAS_KILLED) }

    /// The error that ended it; `nil` before, after success, and when ``GreenletExit`` ended it.
    ///
    /// Reading it counts as collecting the error.
    ///
    /// gevent: `exception`.
    public final var error: (any Error)? {
        guard isReady, has(GV_WAS_FAILED) else { return nil }
        unsafe gv_observe(node)
        return unsafe failure
    }

    /// The greenlet that spawned it; `nil` once that one has ended.
    ///
    /// - Complexity: O(n) of the hub's greenlets: nothing is kept for it that would cost at spawn.
    ///
    /// gevent: `spawning_greenlet`.
    public final var spawner: AnyGreenlet? {
        guard let hub = unsafe node.pointee.hub, let spawner = unsafe node.pointee.spawner else {
            return nil
        }
        if unsafe spawner == hub.pointee.main { return unsafe AnyGreenlet.of(spawner) }
        return unsafe LiveList.find(spawner, serial: node.pointee.spawner_serial, in: hub)
    }

    /// Where it was made, as `module/file.swift:line`.
    ///
    /// gevent: `spawning_stack`.
    public final var spawnSite: String { unsafe SpawnSite.text(node) }

    /// The most bytes of stack that were in use, in whole pages, counted from what is resident.
    ///
    /// The stack may have served other greenlets before, whose depth then shows too. 0 before the
    /// first run and after the end.
    public final var stackHighWater: Int {
        guard !isReady, let stack = unsafe node.pointee.stack else { return 0 }
        return unsafe StackUse.highWater(of: stack)
    }
}

extension AnyGreenlet {
    /// How many wait for its end, on whatever thread.
    package final var joinerCount: Int { locked { unsafe Int(node.pointee.joiners.count) } }
}

extension Greenlet {
    /// What the body returned; `nil` before the end, after an error, and when killed.
    ///
    /// gevent: `value`.
    public final var value: Value? { isReady ? result : nil }
}
