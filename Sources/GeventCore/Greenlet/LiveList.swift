// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// The started greenlets of a hub that have not ended.
enum LiveList {
    static func insert(_ node: Node, into hub: UnsafeMutablePointer<gv_hub>) {
        unsafe hub.pointee.live_count += 1
        if unsafe hub.pointee.live_count > hub.pointee.live_most {
            unsafe hub.pointee.live_most = hub.pointee.live_count
        }
        unsafe node.pointee.serial = hub.pointee.next_serial
        unsafe hub.pointee.next_serial += 1
        let head = unsafe hub.pointee.live_head
        unsafe node.pointee.live_next = head
        if let head = unsafe head { unsafe head.pointee.live_previous = node }
        unsafe hub.pointee.live_head = node
    }

    static func remove(_ node: Node, from hub: UnsafeMutablePointer<gv_hub>) {
        let next = unsafe node.pointee.live_next
        let previous = unsafe node.pointee.live_previous
        if let previous = unsafe previous {
            unsafe previous.pointee.live_next = next
        } else {
            unsafe hub.pointee.live_head = next
        }
        if let next = unsafe next { unsafe next.pointee.live_previous = previous }
        unsafe hub.pointee.live_count -= 1
    }

    /// The greenlet that was at `node` when it had this serial number, if it lives.
    static func find(_ node: Node, serial: UInt64, in hub: UnsafeMutablePointer<gv_hub>)
        -> AnyGreenlet?
    {
        var here = unsafe hub.pointee.live_head
        while let live = unsafe here {
            if unsafe live == node && live.pointee.serial == serial {
                return unsafe AnyGreenlet.of(live)
            }
            unsafe here = live.pointee.live_next
        }
        return nil
    }

    /// All of them, oldest first.
    static func all(of hub: UnsafeMutablePointer<gv_hub>) -> [AnyGreenlet] {
        var greenlets: [AnyGreenlet] = []
        var node = unsafe hub.pointee.live_head
        while let here = unsafe node {
            greenlets.append(unsafe AnyGreenlet.of(here))
            unsafe node = here.pointee.live_next
        }
        return greenlets.reversed()
    }
}
