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
@safe package final class HubTimer {
    private let scheduler: Scheduler
    private let call: () -> Void
    private let node: UnsafeMutablePointer<TimerNode>
    /// Whether it will call.
    package private(set) var isPending = false

    init(scheduler: Scheduler, isReferenced: Bool = true, call: @escaping () -> Void) {
        self.scheduler = scheduler
        self.call = call
        unsafe node = .allocate(capacity: 1)
        unsafe node.initialize(
            to: TimerNode(
                deadline: .distantFuture, kind: TimerKind.callback, isReferenced: isReferenced))
        // SAFETY: the node goes with the object.
        unsafe node.pointee.context = Unmanaged.passUnretained(self).toOpaque()
    }

    /// A timer of this thread's hub.
    ///
    /// - Parameter call: What the hub calls; it must not wait.
    package convenience init(_ call: @escaping () -> Void) {
        self.init(scheduler: .current, call: call)
    }

    // SAFETY: a pending timer is retained by the heap, so this one is not in it.
    deinit { unsafe node.deallocate() }

    /// Calls after `delay`, for which it is held; it must not be pending.
    package func start(after delay: Duration) {
        let now = unsafe HubClock.now(of: scheduler.pointer)
        unsafe node.pointee.deadline = Deadline.after(delay, from: now)
        isPending = true
        // SAFETY: balanced by `cancel`, or by the hub when it fires.
        _ = unsafe Unmanaged.passRetained(self)
        unsafe scheduler.timers.insert(node)
    }

    /// Does not call after all.
    package func cancel() {
        guard isPending else { return }
        isPending = false
        unsafe scheduler.timers.remove(node)
        // SAFETY: balances the retain of `start`.
        unsafe Unmanaged.passUnretained(self).release()
    }

    func fire() {
        isPending = false
        call()
    }
}
