// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventFiber
internal import GeventSystem

/// Finds greenlets whose open accesses overlap, which Swift no longer sees.
///
/// Each greenlet has a set of accesses of its own, so that it may wait inside an `inout` of what it
/// alone owns. Two greenlets inside accesses to the same place are a bug, and release builds lose a
/// write. Debug builds, and others with `GEVENT_CHECK=exclusivity`, compare at every switch and
/// trap naming both.
@safe final class OverlapCheck {
    @safe private struct Holder {
        let node: Node
        let modifies: Bool
    }

    private var parked: [UnsafeRawPointer: [Holder]] = unsafe [:]
    private var holding: Set<UnsafeMutablePointer<gv_greenlet>> = unsafe []

    private static let isWanted: Bool = {
        guard Isolation.present.overlapCheck else { return false }
        switch Environment.value("GEVENT_CHECK") {
        case "exclusivity": return true
        case "none": return false
        default: return isDebugBuild
        }
    }()

    private static var isDebugBuild: Bool {
        var isDebug = false
        assert(
            {
                isDebug = true
                return true
            }())
        return isDebug
    }

    static func attach(to hub: Hub) {
        guard isWanted else { return }
        hub.overlaps = OverlapCheck()
        unsafe hub.pointer.pointee.attention |= UInt32(GV_ATTEND_ACCESSES)
        unsafe hub.pointer.pointee.before_switch = { from, to in
            guard let to = unsafe to else { return }
            unsafe Hub.of(to.pointee.hub).overlaps?.pass(from: from, to: to)
        }
    }

    // From nobody, if the greenlet that ran has ended.
    private func pass(from: Node?, to: Node) {
        if unsafe holding.remove(to) != nil { unsafe forget(to) }
        guard let from = unsafe from, let access = unsafe from.pointee.words.access else { return }
        unsafe note(access.assumingMemoryBound(to: gv_access.self), of: from)
    }

    private func note(_ first: UnsafeMutablePointer<gv_access>, of node: Node) {
        unsafe holding.insert(node)
        var access: UnsafeMutablePointer<gv_access>? = unsafe first
        while let here = unsafe access {
            if let address = unsafe here.pointee.address {
                let modifies = unsafe gv_access_modifies(here)
                for other in unsafe parked[address, default: []] where other.modifies || modifies {
                    if unsafe other.node != node { unsafe trap(node, other.node, at: address) }
                }
                unsafe parked[address, default: []].append(Holder(node: node, modifies: modifies))
            }
            unsafe access = gv_access_next(here)
        }
    }

    private func forget(_ node: Node) {
        var access = unsafe node.pointee.words.access.map {
            unsafe $0.assumingMemoryBound(to: gv_access.self)
        }
        while let here = unsafe access {
            if let address = unsafe here.pointee.address, var holders = unsafe parked[address] {
                holders.removeAll { unsafe $0.node == node }
                unsafe parked[address] = holders.isEmpty ? nil : holders
            }
            unsafe access = gv_access_next(here)
        }
    }

    private func trap(_ one: Node, _ other: Node, at address: UnsafeRawPointer) -> Never {
        let names = unsafe [one, other].map { node in
            let greenlet = unsafe AnyGreenlet.of(node)
            return "\(greenlet.name) (spawned at \(greenlet.spawnSite))"
        }
        fatalError(
            unsafe "overlapping accesses to \(address): \(names[0]) and \(names[1]) both wait inside one"
        )
    }
}
