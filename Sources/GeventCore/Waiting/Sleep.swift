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
    let here = unsafe gv_current(hub)
    if unsafe here.pointee.ready.flags & UInt32(GV_IS_INTERRUPTED) != 0 {
        unsafe try throwInterrupt(of: here, hub: hub)
    }
    gv_yield()
    if unsafe here.pointee.ready.flags & UInt32(GV_IS_INTERRUPTED) != 0 {
        unsafe try throwInterrupt(of: here, hub: hub)
    }
}

extension Duration {
    /// Whether nothing is left of it.
    ///
    /// Its halves are looked at, as a comparison is a call.
    @inline(__always) var isOver: Bool { _high < 0 || (_high == 0 && _low == 0) }
}
