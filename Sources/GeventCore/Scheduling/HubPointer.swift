// SPDX-License-Identifier: Apache-2.0
public import CGeventSwitch
internal import GeventSystem

/// The scheduler record of this thread's hub, which is made if there is none.
@inlinable @inline(__always)
package func currentHubPointer() -> UnsafeMutablePointer<gv_hub> {
    if let hub = unsafe gv_hub_here() { return unsafe hub }
    // By way of C, since making a hub takes everything that stands above this.
    return unsafe gv_hub_make()
}

/// The record to wait by: that of this thread's hub, or one by which a thread without a hub waits.
///
/// A thread without a hub gets none: it blocks. To be called before a lock is taken.
@inline(__always)
package func waitingHubPointer() -> UnsafeMutablePointer<gv_hub> {
    if let hub = unsafe gv_hub_here() { return unsafe hub }
    return unsafe nativeHubPointer()
}

@inline(never)
private func nativeHubPointer() -> UnsafeMutablePointer<gv_hub> {
    requireNoTask("a wait on a thread of Swift's concurrency pool would block other tasks")
    return unsafe gv_native_hub()
}

/// Traps inside of a `Task` off the main thread.
func requireNoTask(_ reason: String) {
    guard unsafe withUnsafeCurrentTask(body: { unsafe $0 != nil }), !CurrentThread.isMain else {
        return
    }
    trap("\(reason): use GeventAsync to call greenlet code from a Task, or a thread of your own")
}

/// Makes sure that a greenlet is running here.
///
/// - Throws: ``BlockingSwitchOutError`` in a callback of the hub.
func requireGreenlet() throws {
    let hub = unsafe currentHubPointer()
    if unsafe isLoop(gv_current(hub), of: hub) { throw BlockingSwitchOutError() }
}
