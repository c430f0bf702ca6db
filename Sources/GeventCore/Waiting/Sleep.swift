// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

// Three functions, not one with default values: those would lose against the C library's `sleep`,
// which takes a number of seconds that also has a `.zero`, wherever that is imported too.

/// Lets others run, for at least `duration`.
///
/// Zero, or less, goes to the end of the ready queue: everybody who is ready now runs first.
///
/// > Suspends: Always.
///
/// - Parameter duration: How long, by the hub's clock; what is too long for the clock never ends.
/// - Throws: What strikes the greenlet meanwhile: ``GreenletExit``, a ``Timeout``.
/// - Complexity: O(log n) of the timers; O(1) for zero.
///
/// gevent: `gevent.sleep`.
public func sleep(_ duration: Duration) throws {
    guard duration.isOver else { return try sleep(duration, ref: true) }
    try sleep()
}

/// Lets everybody who is ready now run first.
///
/// > Suspends: Always.
///
/// - Throws: What strikes the greenlet meanwhile: ``GreenletExit``, a ``Timeout``.
/// - Complexity: O(1).
///
/// gevent: `gevent.sleep(0)`.
public func sleep() throws {
    let hub = unsafe currentHubPointer()
    let here = unsafe gv_current(hub)
    if unsafe gv_flags(here) & UInt32(GV_IS_INTERRUPTED) != 0 {
        unsafe try throwInterrupt(of: here, hub: hub)
    }
    gv_yield()
    if unsafe gv_flags(here) & UInt32(GV_IS_INTERRUPTED) != 0 {
        unsafe try throwInterrupt(of: here, hub: hub)
    }
}

/// Lets others run, for at least `duration`, without keeping the hub alive for it unless `ref`.
///
/// > Suspends: Always.
///
/// - Parameters:
///   - duration: How long, as in ``sleep(_:)``.
///   - ref: False lets the hub end, with ``LoopExit`` or a return from ``Hub/join(timeout:)``, even
///     though this sleep is not over.
/// - Throws: What strikes the greenlet meanwhile: ``GreenletExit``, a ``Timeout``.
/// - Complexity: O(log n) of the timers; O(1) for zero.
///
/// gevent: `gevent.sleep(seconds, ref)`.
public func sleep(_ duration: Duration, ref: Bool) throws {
    guard !duration.isOver else { return try sleep() }
    let hub = unsafe currentHubPointer()
    _ = unsafe try Wait(what: "sleep", object: nil)
        .parkAlone(hub: hub, timeout: duration, isReferenced: ref)
}

extension Duration {
    /// Whether nothing is left of it.
    ///
    /// Its halves are looked at, as a comparison is a call.
    @inline(__always) var isOver: Bool { _high < 0 || (_high == 0 && _low == 0) }
}
