// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventLoop
internal import GeventSystem

/// What a timer's context points to.
enum TimerKind {
    static let wait: UInt32 = 0
    static let callback: UInt32 = 1
}

/// Calls a function of the hub's once, after a while.
@safe final class HubTimer {
    private let hub: Hub
    private let call: () -> Void
    private let node: UnsafeMutablePointer<TimerNode>
    private(set) var isPending = false

    init(hub: Hub, isReferenced: Bool = true, call: @escaping () -> Void) {
        self.hub = hub
        self.call = call
        unsafe node = .allocate(capacity: 1)
        unsafe node.initialize(
            to: TimerNode(deadline: .distantFuture, kind: TimerKind.callback, isReferenced: isReferenced))
        unsafe node.pointee.context = Unmanaged.passUnretained(self).toOpaque()
    }

    // SAFETY: a pending timer is retained by the heap, so this one is not in it.
    deinit { unsafe node.deallocate() }

    func start(after delay: Duration) {
        unsafe node.pointee.deadline = Deadline.after(delay, from: MonotonicClock.now)
        isPending = true
        _ = unsafe Unmanaged.passRetained(self)
        unsafe hub.timers.insert(node)
    }

    func cancel() {
        guard isPending else { return }
        isPending = false
        unsafe hub.timers.remove(node)
        unsafe Unmanaged.passUnretained(self).release()
    }

    fileprivate func fire() {
        isPending = false
        call()
    }
}

extension Hub {
    /// Does what the timers that are due say; returns whether there were any.
    @discardableResult
    func fireTimers(now: UInt64) -> Bool {
        var didFire = false
        while let timer = unsafe timers.popExpired(now: now) {
            didFire = true
            guard let context = unsafe timer.pointee.context else { continue }
            if unsafe timer.pointee.kind == TimerKind.wait {
                // SAFETY: a wait takes its timer out of the heap before its frame goes.
                let waiter = unsafe context.assumingMemoryBound(to: gv_waiter.self)
                guard unsafe gv_claim(waiter, UInt32(GV_TIMED_OUT)) else { continue }
                unsafe gv_ready_push(pointer, UnsafeMutableRawPointer(waiter.pointee.greenlet).assumingMemoryBound(to: gv_ready.self))
            } else {
                unsafe Unmanaged<HubTimer>.fromOpaque(context).takeRetainedValue().fire()
            }
        }
        return didFire
    }
}
