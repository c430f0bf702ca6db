// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem
internal import Synchronization

extension Group {
    /// Makes the group this hub's own, if it is nobody's yet.
    @usableFromInline
    final func enter() throws {
        let here = HubNumber.here
        if here != 0 && home.load(ordering: .relaxed) == here { return }
        guard claim() else { throw InvalidThreadUseError(foreignUse) }
    }

    /// Traps on a use from another thread than that of the group's hub.
    final func requireOwnThread() {
        let owner = home.load(ordering: .relaxed)
        let here = HubNumber.here
        require(owner == 0 || owner == here, foreignUse)
    }

    private final func claim() -> Bool {
        // A thread without a hub gets one for a group that is nobody's, but not to be refused.
        guard home.load(ordering: .relaxed) == 0 else { return false }
        _ = unsafe currentHubPointer()
        let here = HubNumber.here
        return home.compareExchange(expected: 0, desired: here, ordering: .relaxed).exchanged
    }

    final func foreignUse(_ greenlet: AnyGreenlet) -> String {
        HubNumber.foreignUse(of: "\(greenlet) in a \(type(of: self))", owner: greenlet.hubNumber)
    }

    private final var foreignUse: String {
        HubNumber.foreignUse(of: "a \(type(of: self))", owner: home.load(ordering: .relaxed))
    }
}
