// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem
internal import Synchronization

/// A hub as other threads may know it: it may have closed.
@safe package final class HubReference: Sendable {
    @safe private struct Target: @unchecked Sendable {
        // SAFETY: only read and used under the mutex, and cleared before the hub's record is freed.
        var pointer: UnsafeMutablePointer<gv_hub>?
    }

    private let target = unsafe Guarded(Target(pointer: nil))
    private let shared = Atomic(false)

    /// Whether another thread has ever spoken to the hub.
    package var isShared: Bool { shared.load(ordering: .relaxed) }

    /// Whether it is the hub of this thread.
    package var isHere: Bool {
        guard let here = unsafe gv_hub_here() else { return false }
        return target.withLock { unsafe $0.pointer == here }
    }

    func open(_ pointer: UnsafeMutablePointer<gv_hub>) {
        // SAFETY: used under the mutex only, and cleared before the record goes.
        nonisolated(unsafe) let pointer = unsafe pointer
        target.withLock { unsafe $0.pointer = pointer }
    }

    func close() { target.withLock { unsafe $0.pointer = nil } }

    /// Has the hub call `callback`; false if it has closed.
    ///
    /// - Precondition: Off the hub's thread, `callback` must be safe to hand over.
    @discardableResult
    package func run(_ callback: @escaping () throws -> Void) -> Bool {
        if isHere, let here = unsafe gv_hub_here() {
            unsafe HubCallback.enqueue(in: here, callback)
            return true
        }
        // SAFETY: a link's closure is made on the hub's thread and called there; in between it is
        // only carried.
        nonisolated(unsafe) let carried = callback
        return submit { unsafe try carried() }
    }

    /// Hands `callback` to the hub from another thread; false if the hub has closed.
    @discardableResult
    package func submit(_ callback: @escaping @Sendable () throws -> Void) -> Bool {
        shared.store(true, ordering: .relaxed)
        return target.withLock {
            guard let pointer = unsafe $0.pointer else { return false }
            unsafe RemoteCallback.submit(to: pointer, callback)
            return true
        }
    }
}
