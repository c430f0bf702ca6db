// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import GeventTesting
import Testing

@Suite struct PriorityQueueTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `gives out the smallest element, whatever came and went before`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let queue = PriorityQueue<Int>()
        var model: [Int] = []

        for _ in 0..<500 {
            if model.isEmpty || Bool.random(using: &random) {
                let element = Int.random(in: 0..<50, using: &random)
                model.append(element)
                model.sort()
                try queue.put(element)
            } else {
                try #expect(queue.get() == model.removeFirst())
            }
        }

        try #expect(queue.drain() == model)
    }

    @Test func `orders the elements that it begins with`() throws {
        try #expect(PriorityQueue([5, 1, 4, 2, 3]).drain() == [1, 2, 3, 4, 5])
    }

    @Test func `gives equal elements out in the order they came in`() throws {
        let queue = PriorityQueue<Job>()
        for number in 0..<20 { try queue.put(Job(priority: number % 3, number: number)) }

        let jobs = try queue.drain()

        let expected = (0..<3).flatMap { priority in (0..<20).filter { $0 % 3 == priority } }
        #expect(jobs.map(\.number) == expected)
    }

    @Test func `hands an element straight to who waits, though a smaller one comes next`() throws {
        try onHub {
            let queue = PriorityQueue<Int>()
            let getter = spawn { try queue.get() }
            try idle()

            try queue.put(2)
            try queue.put(1)

            try #expect(getter.get() == 2)
            try #expect(queue.get() == 1)
        }
    }

    @Test func `sorts what a waiting putter brings in among the others`() throws {
        try onHub {
            let queue = PriorityQueue([2, 5], maxSize: 2)
            spawn { try queue.put(3) }
            try idle()

            try #expect(queue.get() == 2)
            try #expect(queue.drain() == [3, 5])
        }
    }

    @Test func `makes a copy that does not change with it`() throws {
        let queue = PriorityQueue([2, 1])

        let copy = queue.copy()
        try queue.put(0)

        try #expect(copy.drain() == [1, 2])
    }
}

/// Compares by its priority alone.
private struct Job: Comparable {
    let priority: Int
    let number: Int

    static func == (left: Job, right: Job) -> Bool { left.priority == right.priority }
    static func < (left: Job, right: Job) -> Bool { left.priority < right.priority }
}
