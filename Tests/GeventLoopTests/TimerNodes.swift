// SPDX-License-Identifier: Apache-2.0

import GeventLoop

/// Timers at stable addresses for as long as the object lives, told apart by their `kind`.
@safe
final class TimerNodes {
    private let base: UnsafeMutablePointer<TimerNode>
    let count: Int

    init(_ deadlines: [UInt64]) {
        count = deadlines.count
        unsafe base = .allocate(capacity: count)
        for (index, deadline) in deadlines.enumerated() {
            let node = TimerNode(deadline: Deadline(nanoseconds: deadline), kind: UInt32(index))
            unsafe (base + index).initialize(to: node)
        }
    }

    deinit {
        // SAFETY: the tests let go of their heap first, or never look at it again.
        unsafe base.deallocate()
    }

    subscript(index: Int) -> UnsafeMutablePointer<TimerNode> {
        precondition(index >= 0 && index < count, "there is no such timer")
        // SAFETY: the index was checked.
        return unsafe base + index
    }
}

extension TimerHeap {
    func insert(all nodes: TimerNodes) {
        for index in 0..<nodes.count { unsafe insert(nodes[index]) }
    }

    /// Pops what has expired, and gives the kinds in order.
    func popAll(now: UInt64 = .max) -> [UInt32] {
        var kinds: [UInt32] = []
        // SAFETY: the tests keep the nodes of their heap alive.
        while let node = unsafe popExpired(now: now) { unsafe kinds.append(node.pointee.kind) }
        return kinds
    }
}

/// A generator that gives the same numbers in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
