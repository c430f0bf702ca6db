// SPDX-License-Identifier: Apache-2.0

import GeventLoop
import Testing

/// Compares the heap with a list that is sorted anew after each insertion.
@Suite struct TimerHeapModelTests {
    private struct Model {
        var timers: [(deadline: UInt64, order: Int, kind: UInt32)] = []
        var inserted = 0

        mutating func insert(_ kind: UInt32, _ deadline: UInt64) {
            let place = timers.firstIndex { $0.deadline > deadline } ?? timers.count
            timers.insert((deadline, inserted, kind), at: place)
            inserted += 1
        }

        mutating func remove(_ kind: UInt32) {
            timers.removeAll { $0.kind == kind }
        }

        mutating func popExpired(_ now: UInt64) -> UInt32? {
            guard let first = timers.first, first.deadline <= now else { return nil }
            return timers.removeFirst().kind
        }
    }

    @Test(arguments: [(1, 20), (2, 1_000), (3, 1_000_000)] as [(UInt64, UInt64)])
    func `does what a sorted list does`(seed: UInt64, spread: UInt64) {
        var random = SeededGenerator(state: seed)
        var model = Model()
        let heap = TimerHeap()
        let nodes = TimerNodes([UInt64](repeating: 0, count: 600))

        for step in 0..<6_000 {
            let index = Int.random(in: 0..<nodes.count, using: &random)
            let now = UInt64.random(in: 0...spread, using: &random)
            // Grows and shrinks in turns, so that the storage changes its size both ways.
            let isGrowing = step / 1_000 % 2 == 0
            switch (unsafe nodes[index].pointee.isScheduled, isGrowing) {
            case (false, true):
                unsafe nodes[index].pointee.deadline = Deadline(nanoseconds: now)
                unsafe heap.insert(nodes[index])
                model.insert(UInt32(index), now)
            case (true, false):
                unsafe heap.remove(nodes[index])
                model.remove(UInt32(index))
            default:
                let popped = unsafe heap.popExpired(now: now / 8).map { unsafe $0.pointee.kind }
                #expect(popped == model.popExpired(now / 8))
            }
            #expect(heap.count == model.timers.count)
            #expect(heap.nextDeadline.nanoseconds == model.timers.first?.deadline ?? .max)
        }

        #expect(heap.popAll() == model.timers.map(\.kind))
    }
}
