// SPDX-License-Identifier: Apache-2.0
package import CGeventSwitch

/// A function for the hub to call, in its turn among the greenlets.
@safe enum HubCallback {
    private final class Box {
        let call: () throws -> Void
        init(_ call: @escaping () throws -> Void) { self.call = call }
    }

    /// A place in a ready queue that holds `call`. It frees itself when it is run.
    static func make(_ call: @escaping () throws -> Void) -> UnsafeMutablePointer<gv_callback> {
        let callback = UnsafeMutablePointer<gv_callback>.allocate(capacity: 1)
        unsafe callback.initialize(to: gv_callback())
        unsafe callback.pointee.ready.kind = UInt32(GV_READY_CALLBACK)
        // SAFETY: balanced by `run`, which every queued callback meets, or by `drop`.
        unsafe callback.pointee.context = Unmanaged.passRetained(Box(call)).toOpaque()
        return unsafe callback
    }

    /// Calls it and frees the place; an error is reported.
    static func run(_ entry: UnsafeMutablePointer<gv_ready>) {
        let box = unsafe take(entry)
        do { try box.call() } catch {
            Hub.current.report(Failure(context: "a callback of the hub", error: error, spawnSite: nil))
        }
    }

    private static func take(_ entry: UnsafeMutablePointer<gv_ready>) -> Box {
        let callback = unsafe UnsafeMutableRawPointer(entry).assumingMemoryBound(to: gv_callback.self)
        let box = unsafe Unmanaged<Box>.fromOpaque(callback.pointee.context).takeRetainedValue()
        unsafe callback.deallocate()
        return box
    }
}

/// A function for the hub of another thread to call.
package enum RemoteCallback {
    /// Hands `call` to `hub`, which calls it in its turn.
    package static func submit(to hub: UnsafeMutablePointer<gv_hub>, _ call: @escaping @Sendable () throws -> Void) {
        let callback = unsafe HubCallback.make(call)
        unsafe gv_remote_push(hub, ready(of: callback))
    }

    static func ready(of callback: UnsafeMutablePointer<gv_callback>) -> UnsafeMutablePointer<gv_ready> {
        unsafe UnsafeMutableRawPointer(callback).assumingMemoryBound(to: gv_ready.self)
    }
}

extension Hub {
    /// Has `callback` called by the hub, after whoever is ready now.
    ///
    /// It must not wait: a wait in it throws ``BlockingSwitchOutError``. An error is reported.
    ///
    /// - Complexity: O(1).
    ///
    /// gevent: `loop.run_callback`.
    public func runCallback(_ callback: @escaping () throws -> Void) {
        unsafe gv_ready_push(pointer, RemoteCallback.ready(of: HubCallback.make(callback)))
    }
}
