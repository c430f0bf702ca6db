// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// What a hub and the process hold at one moment that could be left behind.
struct Holdings {
    /// What the greenlets wait for, by the number of their start.
    let waits: [UInt64: String]
    let stackCount: Int
    let timers: Set<UInt64>
    let descriptors: Set<OpenDescriptor>

    /// What is held now; the greenlet that asks is not looked at.
    init(of hub: Hub, _ kinds: LeakKinds) throws {
        waits = Dictionary(
            hub.greenlets.map { ($0.serial, $0.waitReason) },
            uniquingKeysWith: { first, _ in first })
        stackCount = hub.stacksInUse
        timers = Set(hub.heldTimers.map(\.sequence))
        descriptors = kinds.contains(.descriptors) ? Set(try OpenDescriptor.all()) : []
    }

    /// What is held now and was not then.
    func leaks(of hub: Hub, _ kinds: LeakKinds) throws -> [Leak] {
        let fresh = hub.greenlets.filter { waits[$0.serial] == nil }
        // A greenlet that is told of stands for its stack and its timer too.
        let told = kinds.contains(.greenlets) ? fresh : []
        var leaks: [Leak] = []
        if kinds.contains(.greenlets) { leaks += greenlets(fresh, in: hub) }
        if kinds.contains(.stacks) { leaks += stacks(of: hub, besides: told) }
        if kinds.contains(.timers) { leaks += timers(of: hub, besides: told) }
        if kinds.contains(.waiters) { leaks += waiters(of: hub) }
        if kinds.contains(.descriptors) { leaks += try openDescriptors() }
        return leaks
    }

    private func greenlets(_ fresh: [AnyGreenlet], in hub: Hub) -> [Leak] {
        let delayed = Set(hub.heldTimers.filter { !$0.isOfWait }.compactMap { $0.owner?.serial })
        return fresh.map { greenlet in
            let reason =
                delayed.contains(greenlet.serial) ? "the time of its start" : greenlet.waitReason
            return Leak(
                kind: .greenlets,
                description: "greenlet \(greenlet.name) waits for \(reason), spawned at "
                    + greenlet.spawnSite)
        }
    }

    private func stacks(of hub: Hub, besides told: [AnyGreenlet]) -> [Leak] {
        let count = hub.stacksInUse - stackCount - told.count { $0.hasStack }
        guard count > 0 else { return [] }
        return [Leak(kind: .stacks, description: "\(count) more stacks in use than before")]
    }

    private func timers(of hub: Hub, besides told: [AnyGreenlet]) -> [Leak] {
        hub.heldTimers.filter { !timers.contains($0.sequence) }.compactMap { timer in
            let due = timer.left.map { ", due in \($0)" } ?? ""
            guard let owner = timer.owner else {
                return Leak(
                    kind: .timers, description: "timer that calls, as that of a Timeout" + due)
            }
            if told.contains(where: { $0 === owner }) || isWaitOfBefore(owner) { return nil }
            let purpose = timer.isOfWait ? "the wait for \(owner.waitReason)" : "the start"
            return Leak(
                kind: .timers, description: "timer of \(purpose) of greenlet \(owner.name)" + due)
        }
    }

    /// Whether a greenlet waits again, or still, for what it waited for.
    private func isWaitOfBefore(_ greenlet: AnyGreenlet) -> Bool {
        waits[greenlet.serial] == greenlet.waitReason
    }

    private func waiters(of hub: Hub) -> [Leak] {
        hub.greenlets.compactMap { greenlet in
            guard let reason = waits[greenlet.serial], !isWaitOfBefore(greenlet),
                greenlet.isParked
            else { return nil }
            return Leak(
                kind: .waiters,
                description: "greenlet \(greenlet.name) waits for \(greenlet.waitReason), where it "
                    + "waited for \(reason) before, spawned at \(greenlet.spawnSite)")
        }
    }

    private func openDescriptors() throws -> [Leak] {
        try OpenDescriptor.all().filter { !descriptors.contains($0) }.map { descriptor in
            Leak(
                kind: .descriptors,
                description: "descriptor \(descriptor.number), \(descriptor.target)")
        }
    }
}
