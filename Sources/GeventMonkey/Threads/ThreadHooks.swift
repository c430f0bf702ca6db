// SPDX-License-Identifier: Apache-2.0
internal import CGeventPatch
internal import CGeventSwitch
internal import GeventCore

/// What the stand-ins for threads ask of the scheduler.
package enum ThreadHooks {
    private static let isInstalled: Void = {
        PatchHooks.install()
        var hooks = unsafe gv_thread_hooks(
            spawn: { stackSize, run, drop, context in
                guard let run = unsafe run, let drop = unsafe drop else { return }
                unsafe startThread(stackSize, run, drop, context)
            },
            park: { wait in unsafe wait.map { unsafe parkThread($0) } ?? UInt32(GV_WAITING) },
            keep: { end, context in
                guard let end = unsafe end else { return }
                unsafe ThreadKeeper.kept.set(ThreadKeeper(end: end, context: context))
            },
            rename: { greenlet, name in
                guard let object = unsafe greenlet?.pointee.object, let name = unsafe name else {
                    return
                }
                // SAFETY: a record that runs or waits has its greenlet.
                unsafe Unmanaged<AnyGreenlet>.fromOpaque(object).takeUnretainedValue().name =
                    unsafe String(cString: name)
            })
        unsafe gv_thread_hooks_set(&hooks)
    }()

    /// Sets them, once a process, before the first call is replaced.
    package static func install() { isInstalled }
}

/// Implements `gv_thread_hooks.spawn`.
private func startThread(
    _ stackSize: Int, _ run: @escaping @convention(c) (UnsafeMutableRawPointer?) -> Void,
    _ drop: @escaping @convention(c) (UnsafeMutableRawPointer?) -> Void,
    _ context: UnsafeMutableRawPointer?
) {
    let body = unsafe ThreadBody(run: run, drop: drop, context: context)
    spawn(stackSize: stackSize) { body.run() }
}

/// Implements `gv_thread_hooks.park`.
private func parkThread(_ wait: UnsafeMutablePointer<gv_thread_wait>) -> UInt32 {
    let hub = unsafe gv_waiting_hub()
    // Whoever waits like a thread may be woken by one, so no wait is known to be for ever.
    unsafe gv_hub_share(hub)
    let timeout = unsafe wait.pointee.timeout
    return unsafe Wait(what: "a call of threads", object: nil).parkForeign(
        hub: hub, timeout: timeout == .max ? nil : .nanoseconds(Int64(clamping: timeout)),
        hears: wait.pointee.hears,
        publish: { waiter in unsafe wait.pointee.publish(wait, waiter) },
        retract: { waiter in unsafe wait.pointee.retract(wait, waiter) })
}

/// The run of one thread, or word that there will be none.
@safe private final class ThreadBody {
    private let start: @convention(c) (UnsafeMutableRawPointer?) -> Void
    private let drop: @convention(c) (UnsafeMutableRawPointer?) -> Void
    // SAFETY: belongs to whichever of the two is called.
    private let context: UnsafeMutableRawPointer?
    private var hasStarted = false

    init(
        run: @escaping @convention(c) (UnsafeMutableRawPointer?) -> Void,
        drop: @escaping @convention(c) (UnsafeMutableRawPointer?) -> Void,
        context: UnsafeMutableRawPointer?
    ) {
        unsafe (start, self.drop, self.context) = (run, drop, context)
    }

    deinit { if !hasStarted { unsafe drop(context) } }

    func run() {
        hasStarted = true
        unsafe start(context)
    }
}

/// Says that a greenlet has ended for which something is kept.
@safe private final class ThreadKeeper {
    static let kept = Local<ThreadKeeper>()

    private let end: @convention(c) (UnsafeMutableRawPointer?) -> Void
    private let context: UnsafeMutableRawPointer?

    init(
        end: @escaping @convention(c) (UnsafeMutableRawPointer?) -> Void,
        context: UnsafeMutableRawPointer?
    ) {
        unsafe (self.end, self.context) = (end, context)
    }

    deinit { unsafe end(context) }
}
