// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// Lets others run, for at least `duration`.
///
/// Zero, or less, goes to the end of the ready queue: everybody who is ready now runs first.
///
/// > Suspends: Always.
///
/// - Parameters:
///   - duration: How long, by the hub's clock; what is too long for the clock never ends.
///   - ref: False lets the hub end, with ``LoopExit`` or a return from ``Hub/join(timeout:)``, even
///     though this sleep is not over.
/// - Throws: What strikes the greenlet meanwhile: ``GreenletExit``, a ``Timeout``.
/// - Complexity: O(log n) of the timers; O(1) for zero.
///
/// gevent: `gevent.sleep`.
public func sleep(_ duration: Duration = .zero, ref: Bool = true) throws {
    let hub = unsafe currentHubPointer()
    guard duration.isOver else {
        _ = unsafe try Wait(what: "sleep", object: nil)
            .parkAlone(hub: hub, timeout: duration, isReferenced: ref)
        return
    }
    let here = unsafe hub.pointee.current!
    if unsafe here.pointee.ready.flags & UInt32(GV_IS_INTERRUPTED) != 0 { unsafe try throwInterrupt(of: here, hub: hub) }
    unsafe gv_yield()
    if unsafe here.pointee.ready.flags & UInt32(GV_IS_INTERRUPTED) != 0 { unsafe try throwInterrupt(of: here, hub: hub) }
}

/// Lets others run until nobody is ready.
///
/// > Suspends: Always.
///
/// - Throws: What strikes the greenlet meanwhile.
///
/// gevent: `gevent.idle`.
public func idle() throws {
    let hub = unsafe currentHubPointer()
    let idlers = unsafe Hub.of(hub).idlers
    unsafe gv_lock(&idlers.pointee.lock)
    _ = unsafe try Wait(what: "idle", object: nil).park(on: idlers, hub: hub, timeout: nil)
}

extension Hub {
    /// Whether the hub itself is running, so that nothing may wait.
    package var isInCallback: Bool { unsafe isLoop(pointer.pointee.current, of: pointer) }

}

extension AnyGreenlet {
    /// Throws at once what would be thrown at the next wait.
    final func throwIfInterrupted() throws {
        guard has(GV_IS_INTERRUPTED) else { return }
        unsafe try throwInterrupt(of: unsafe node, hub: unsafe node.pointee.hub)
    }
}

extension Duration {
    /// Whether nothing is left of it. Its halves are looked at, as a comparison is a call.
    @inline(__always) var isOver: Bool { _high < 0 || (_high == 0 && _low == 0) }
}
