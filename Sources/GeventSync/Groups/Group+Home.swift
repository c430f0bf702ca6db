// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventCore
internal import Synchronization

extension Group {
    /// Makes the group this hub's own, if it is nobody's yet.
    @usableFromInline
    final func enter() throws {
        let here = unsafe UInt(bitPattern: gv_hub_here())
        if here != 0 && home.load(ordering: .relaxed) == here { return }
        guard claim() else { throw InvalidThreadUseError(foreignUse) }
    }

    /// Traps on a use from another thread than that of the group's hub.
    final func requireOwnThread() {
        let owner = home.load(ordering: .relaxed)
        let here = unsafe UInt(bitPattern: gv_hub_here())
        precondition(owner == 0 || owner == here, foreignUse)
    }

    private final func claim() -> Bool {
        // A thread without a hub gets one for a group that is nobody's, but not to be refused.
        guard home.load(ordering: .relaxed) == 0 else { return false }
        let here = unsafe UInt(bitPattern: currentHubPointer())
        return home.compareExchange(expected: 0, desired: here, ordering: .relaxed).exchanged
    }

    private final var foreignUse: String {
        let owner = home.load(ordering: .relaxed)
        let here = unsafe UInt(bitPattern: gv_hub_here())
        let place = here == 0 ? "a thread without a hub" : "the hub at 0x\(String(here, radix: 16))"
        return
            "a \(type(of: self)) of the hub at 0x\(String(owner, radix: 16)) was used from \(place)"
    }
}
