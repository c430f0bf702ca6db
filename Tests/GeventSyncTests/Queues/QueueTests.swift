// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct QueueTests {
    @Test func `gives elements out in the order they came in`() throws {
        let queue = Queue<Int>()
        for number in 0..<100 { try queue.put(number) }

        let elements = try (0..<100).map { _ in try queue.get() }

        #expect(elements == Array(0..<100))
    }

    @Test func `keeps the order when it wraps around and when it grows`() throws {
        let queue = Queue<Int>()
        var next = 0
        var elements: [Int] = []

        for burst in 1...40 {
            for _ in 0..<burst {
                try queue.put(next)
                next += 1
            }
            for _ in 0..<(burst / 2 + 1) { elements.append(try queue.get()) }
        }
        elements += try queue.drain()

        #expect(elements == Array(0..<next))
    }

    @Test func `holds elements that are nil`() throws {
        try onHub {
            let queue = Queue<Int?>(maxSize: 1)
            let getter = spawn { try queue.get() }
            try sleep()

            try queue.put(nil)
            try queue.put(nil)
            let putter = spawn { try queue.put(nil) }
            try sleep()

            try #expect(getter.get() == nil)
            try #expect(queue.peek() == nil)
            try #expect(queue.get() == nil)
            try #expect(queue.get() == nil)
            try putter.get()
            #expect(queue.isEmpty)
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `begins with the elements it is given, which may be more than fit`(kind: QueueKind) throws
    {
        let queue = kind.make([1, 2, 3], maxSize: 2)

        #expect(queue.count == 3)
        #expect(queue.isFull)
        #expect(queue.unfinishedTasks == 3)
        #expect(throws: QueueFull()) { try queue.putNowait(4) }
        try #expect(queue.drain() == kind.order(of: [1, 2, 3]))
    }

    @Test(arguments: QueueKind.allCases)
    func `says how many are in it, and whether it is empty or full`(kind: QueueKind) throws {
        let queue: any AnyQueue<Int> = kind.make(maxSize: 2)

        var states = [[queue.count == 0, queue.isEmpty, queue.isFull]]
        try queue.put(1)
        states.append([queue.count == 1, queue.isEmpty, queue.isFull])
        try queue.put(2)
        states.append([queue.count == 2, queue.isEmpty, queue.isFull])

        #expect(states == [[true, true, false], [true, false, false], [true, false, true]])
    }

    @Test(arguments: QueueKind.allCases)
    func `is never full without a limit`(kind: QueueKind) throws {
        let queue: any AnyQueue<Int> = kind.make()

        for number in 0..<1_000 { try queue.putNowait(number) }

        #expect(queue.maxSize == nil)
        #expect(!queue.isFull)
    }

    @Test(arguments: QueueKind.allCases)
    func `refuses what does not fit, and stays usable`(kind: QueueKind) throws {
        let queue: any AnyQueue<Int> = kind.make(maxSize: 1)
        try queue.putNowait(1)

        #expect(throws: QueueFull()) { try queue.putNowait(2) }
        try #expect(queue.getNowait() == 1)
        #expect(throws: QueueEmpty()) { try queue.getNowait() }
        try queue.putNowait(3)
        try #expect(queue.getNowait() == 3)
    }

    @Test(arguments: QueueKind.allCases)
    func `is empty again when an element was put and got without waiting`(kind: QueueKind) throws {
        let hasSwitched = try onHub {
            let queue: any AnyQueue<Int> = kind.make()
            var hasSwitched = false
            spawn { hasSwitched = true }

            try queue.put(1)
            try #expect(queue.get() == 1)

            #expect(queue.isEmpty)
            return hasSwitched
        }

        #expect(!hasSwitched)
    }

    @Test func `is made for at least one element`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Queue<Int>(maxSize: 0)
        }

        #expect(result.errorText.contains("a queue holds at least one element"))
    }

    @Test func `cannot be narrowed to no element`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            Queue<Int>().maxSize = 0
        }

        #expect(result.errorText.contains("a queue holds at least one element"))
    }

    @Test func `makes a copy that does not change with it`() throws {
        let queue = Queue([0, 1, 2], maxSize: 4)
        _ = try queue.get()
        try queue.put(3)

        let copy = queue.copy()
        try queue.put(4)

        #expect(copy.maxSize == 4)
        #expect(copy.unfinishedTasks == 4)
        try #expect(copy.drain() == [1, 2, 3])
        try #expect(queue.drain() == [1, 2, 3, 4])
    }

    @Test func `goes away with what is in it`() throws {
        weak var weakQueue: Queue<Int>?

        do {
            let queue = Queue([1, 2, 3])
            weakQueue = queue
        }

        #expect(weakQueue == nil)
    }
}
