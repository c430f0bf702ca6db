// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

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
    unsafe gv_line_lock(idlers)
    _ = unsafe try Wait(what: "idle", object: nil).park(on: idlers, hub: hub, timeout: nil)
}
