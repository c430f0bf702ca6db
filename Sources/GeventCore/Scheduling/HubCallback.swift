// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// A function for the hub to call, in its turn among the greenlets.
@safe enum HubCallback {
    /// The function, and behind it its place in the queue: one piece of memory.
    @safe private final class Box: ManagedBuffer<() throws -> Void, gv_callback> {}

    /// A place in a ready queue that holds `call`.
    ///
    /// It frees itself when it is run.
    static func make(_ call: @escaping () throws -> Void) -> UnsafeMutablePointer<gv_ready> {
        let box = unsafe unsafeDowncast(Box.create(minimumCapacity: 1) { _ in call }, to: Box.self)
        // SAFETY: the place stays where it is for as long as the box lives.
        return unsafe box.withUnsafeMutablePointerToElements { place in
            unsafe place.initialize(to: gv_callback())
            unsafe place.pointee.ready.kind = UInt32(GV_READY_CALLBACK)
            // SAFETY: balanced by `run`, which every queued callback meets.
            unsafe place.pointee.context = Unmanaged.passRetained(box).toOpaque()
            return unsafe UnsafeMutableRawPointer(place).assumingMemoryBound(to: gv_ready.self)
        }
    }

    /// Calls it and frees the place.
    ///
    /// - Throws: What it throws.
    static func run(_ entry: UnsafeMutablePointer<gv_ready>) throws {
        unsafe try take(entry).header()
    }

    /// Puts `call` at the end of a hub's ready queue, on that hub's thread.
    static func enqueue(in hub: UnsafeMutablePointer<gv_hub>, _ call: @escaping () throws -> Void) {
        unsafe gv_ready_push(hub, make(call))
    }

    /// Hands `call` to a hub, from whatever thread; its reference lets it not close meanwhile.
    static func handOver(
        to hub: UnsafeMutablePointer<gv_hub>, _ call: @escaping @Sendable () throws -> Void
    ) {
        unsafe gv_remote_push_entered(hub, make(call))
    }

    private static func take(_ entry: UnsafeMutablePointer<gv_ready>) -> Box {
        let callback = unsafe UnsafeMutableRawPointer(entry).assumingMemoryBound(
            to: gv_callback.self)
        // SAFETY: balances the retain of `make`.
        return unsafe Unmanaged<Box>.fromOpaque(callback.pointee.context).takeRetainedValue()
    }
}
