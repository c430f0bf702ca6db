// SPDX-License-Identifier: Apache-2.0
public import CGeventSwitch

/// The record of a greenlet that the scheduler works on.
@usableFromInline package typealias Node = UnsafeMutablePointer<gv_greenlet>

/// Whether `node` is the hub's own, which runs callbacks and polls.
@inline(__always)
func isLoop(_ node: Node, of hub: UnsafeMutablePointer<gv_hub>) -> Bool {
    unsafe gv_is_loop(node, hub)
}

/// The text for the place in a program where a greenlet was made.
enum SpawnSite {
    static func text(_ node: Node) -> String {
        guard let file = unsafe node.pointee.site_file else { return "the start of the thread" }
        let name = unsafe String(cString: file)
        return name.isEmpty ? "the start of the thread" : unsafe "\(name):\(node.pointee.site_line)"
    }
}
