// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// A function for the hub to call, in its turn among the greenlets.
@safe enum HubCallback {
    private final class Box {
        let call: () throws -> Void
        init(_ call: @escaping () throws -> Void) { self.call = call }
    }

    /// A place in a ready queue that holds `call`.
    ///
    /// It frees itself when it is run.
    static func make(_ call: @escaping () throws -> Void) -> UnsafeMutablePointer<gv_callback> {
        let callback = UnsafeMutablePointer<gv_callback>.allocate(capacity: 1)
        unsafe callback.initialize(to: gv_callback())
        unsafe callback.pointee.ready.kind = UInt32(GV_READY_CALLBACK)
        // SAFETY: balanced by `run`, which every queued callback meets, or by `drop`.
        unsafe callback.pointee.context = Unmanaged.passRetained(Box(call)).toOpaque()
        return unsafe callback
    }

    /// Calls it and frees the place.
    ///
    /// - Throws: What it throws.
    static func run(_ entry: UnsafeMutablePointer<gv_ready>) throws {
        unsafe try take(entry).call()
    }

    /// Puts `call` at the end of a hub's ready queue, on that hub's thread.
    static func enqueue(in hub: UnsafeMutablePointer<gv_hub>, _ call: @escaping () throws -> Void) {
        unsafe gv_ready_push(hub, ready(of: make(call)))
    }

    /// Hands `call` to a hub, from whatever thread.
    static func handOver(
        to hub: UnsafeMutablePointer<gv_hub>, _ call: @escaping @Sendable () throws -> Void
    ) {
        unsafe gv_remote_push(hub, ready(of: make(call)))
    }

    private static func ready(of callback: UnsafeMutablePointer<gv_callback>)
        -> UnsafeMutablePointer<gv_ready>
    {
        unsafe UnsafeMutableRawPointer(callback).assumingMemoryBound(to: gv_ready.self)
    }

    private static func take(_ entry: UnsafeMutablePointer<gv_ready>) -> Box {
        let callback = unsafe UnsafeMutableRawPointer(entry).assumingMemoryBound(
            to: gv_callback.self)
        // SAFETY: balances the retain of `make`.
        let box = unsafe Unmanaged<Box>.fromOpaque(callback.pointee.context).takeRetainedValue()
        unsafe callback.deallocate()
        return box
    }
}
