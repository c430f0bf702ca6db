// SPDX-License-Identifier: Apache-2.0
package import CGeventSwitch

/// The scheduler record of this thread's hub, which is made if there is none.
@inline(__always)
package func currentHubPointer() -> UnsafeMutablePointer<gv_hub> {
    if let hub = unsafe gv_hub_here() { return unsafe hub }
    return unsafe Hub.make().pointer
}

/// Whether `node` is the hub's own, which runs callbacks and polls.
@inline(__always)
func isLoop(_ node: Node, of hub: UnsafeMutablePointer<gv_hub>) -> Bool { unsafe gv_is_loop(node, hub) }
