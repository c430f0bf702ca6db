// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// Which hub something belongs to; 0 where there is none.
///
/// Counted from 1 in the order in which the hubs of the process were made. An address would be that
/// of a later hub once the first has closed.
package enum HubNumber {
    /// That of this thread's hub.
    @inlinable @inline(__always) package static var here: UInt64 {
        unsafe gv_hub_here().map { unsafe $0.pointee.number } ?? 0
    }

    /// What messages call the hub with this number.
    package static func name(_ number: UInt64) -> String {
        number == 0 ? "a thread without a hub" : "hub \(number)"
    }

    /// Says that `thing`, which belongs to hub `owner`, was used here.
    package static func foreignUse(of thing: String, owner: UInt64) -> String {
        "\(thing) of \(name(owner)) was used from \(name(here))"
    }
}
