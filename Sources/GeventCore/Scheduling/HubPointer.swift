// SPDX-License-Identifier: Apache-2.0
package import CGeventSwitch

/// The scheduler record of this thread's hub, which is made if there is none.
@inline(__always)
package func currentHubPointer() -> UnsafeMutablePointer<gv_hub> {
    if let hub = unsafe gv_hub_here() { return unsafe hub }
    // By way of C, since making a hub takes everything that stands above this.
    return unsafe gv_hub_make()
}

/// Makes sure that a greenlet is running here.
///
/// - Throws: ``BlockingSwitchOutError`` in a callback of the hub.
func requireGreenlet() throws {
    let hub = unsafe currentHubPointer()
    if unsafe isLoop(gv_current(hub), of: hub) { throw BlockingSwitchOutError() }
}
