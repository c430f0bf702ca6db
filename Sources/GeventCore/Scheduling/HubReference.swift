// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem
internal import Synchronization

/// A hub as other threads may know it: it may have closed.
///
/// It outlives the hub, and goes with the last greenlet that the hub has had.
@safe package final class HubReference: Sendable {
    // SAFETY: written once, before another thread has the object, and followed only between `enter`
    // and `leave`, which the end of the hub waits for.
    nonisolated(unsafe) private var pointer: UnsafeMutablePointer<gv_hub>?
    /// Two for each thread that is at the hub, and one once it has closed.
    private let users = Atomic<UInt64>(0)
    private let idents = Guarded(IdentPool())

    /// Whether the hub has closed.
    package var isClosed: Bool { users.load(ordering: .acquiring) & 1 != 0 }

    /// Whether it is the hub of this thread.
    package var isHere: Bool {
        guard let here = unsafe gv_hub_here() else { return false }
        return unsafe here == pointer && !isClosed
    }

    func open(_ hub: UnsafeMutablePointer<gv_hub>) { unsafe pointer = hub }

    /// Lets nobody in any more, and waits until nobody is at the hub.
    func close() {
        users.bitwiseOr(1, ordering: .acquiringAndReleasing)
        while users.load(ordering: .acquiring) != 1 { CurrentThread.yield() }
    }

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

    /// Hands `callback` to the hub from whatever thread; false if the hub has closed.
    ///
    /// In order, for each thread that does so.
    @discardableResult
    package func submit(_ callback: @escaping @Sendable () throws -> Void) -> Bool {
        guard enter() else { return false }
        defer { leave() }
        if let pointer = unsafe pointer { unsafe HubCallback.handOver(to: pointer, callback) }
        return true
    }

    /// Takes a number for a greenlet of the hub, the smallest that is free.
    func takeIdent() -> Int { idents.withLock { $0.take() } }

    /// Gives the number of a greenlet that has ended back.
    func giveIdent(back ident: Int) { idents.withLock { $0.give(back: ident) } }

    private func enter() -> Bool {
        // A look first, so that those who come too late do not keep the end of the hub waiting.
        if isClosed { return false }
        if users.add(2, ordering: .acquiringAndReleasing).oldValue & 1 == 0 { return true }
        leave()
        return false
    }

    private func leave() { users.subtract(2, ordering: .releasing) }
}

extension HubReference {
    /// That of a greenlet's hub, which may have closed.
    @inline(__always) static func of(_ node: Node) -> HubReference {
        // SAFETY: the hub's record holds it, and stays for as long as there is a greenlet of its.
        unsafe Unmanaged<HubReference>.fromOpaque(gv_hub_of(node).pointee.reference)
            .takeUnretainedValue()
    }
}
