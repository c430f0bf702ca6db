// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// Whoever holds something: a greenlet, or a thread without a hub.
///
/// Tells apart lives, not records: the record of a greenlet that has ended may serve another one.
@safe package struct Owner: Equatable, @unchecked Sendable {
    // SAFETY: the address is compared and never followed.
    private let node: Node?
    private let serial: UInt64

    /// Nobody.
    package static let nobody = unsafe Owner(node: nil, serial: 0)

    /// Whoever runs here.
    package static var current: Owner {
        let node = unsafe gv_current(gv_waiting_hub())
        return unsafe Owner(node: node, serial: node.pointee.serial)
    }

    /// Whether both are the same life.
    package static func == (left: Owner, right: Owner) -> Bool {
        unsafe left.node == right.node && left.serial == right.serial
    }
}
