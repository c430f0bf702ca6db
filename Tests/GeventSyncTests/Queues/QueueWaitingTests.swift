// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct QueueWaitingTests {
    @Test(arguments: QueueKind.allCases)
    func `wakes who waits to get when something is put`(kind: QueueKind) throws {
        try onHub {
            let queue: any AnyQueue<String> = kind.make()
            let getter = spawn { try queue.get() }
            try idle()
            #expect(queue.getterCount == 1)

            try queue.put("hello")

            #expect(queue.getterCount == 0)
            try #expect(getter.get() == "hello")
            #expect(queue.isEmpty)
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `makes who puts too much wait until there is room`(kind: QueueKind) throws {
        try onHub {
            let queue: any AnyQueue<Int> = kind.make(maxSize: 2)
            var log: [Int] = []
            let putter = spawn {
                for number in 1...3 {
                    try queue.put(number)
                    log.append(number)
                }
            }
            try idle()
            #expect(log == [1, 2])
            #expect(queue.putterCount == 1)

            let first = try queue.get()
            #expect(log == [1, 2])
            try idle()

            #expect(log == [1, 2, 3])
            #expect(putter.isReady && queue.putterCount == 0)
            let got = [first] + (try queue.drain())
            #expect(got == (kind == .lifo ? [2, 3, 1] : [1, 2, 3]))
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `releases one who waits for each element, first come first served`(kind: QueueKind) throws
    {
        try onHub(.inOrder) {
            let queue: any AnyQueue<Int> = kind.make()
            var log: [[Int]] = []
            for number in 0..<4 {
                spawn { log.append([number, try queue.get()]) }
            }
            try sleep()

            for element in 10..<14 {
                try queue.put(element)
                try sleep()
                #expect(log.last == [element - 10, element])
                #expect(log.count == element - 9)
            }
        }
    }

    @Test func `lets putters in in the order they came`() throws {
        let elements = try onHub(.inOrder) {
            let queue = Queue<Int>(maxSize: 1)
            let putters = (0..<5).map { number in spawn { try queue.put(number) } }
            try sleep()

            let elements = try (0..<5).map { _ in try queue.get() }

            try joinAll(putters, raiseError: true)
            return elements
        }

        #expect(elements == [0, 1, 2, 3, 4])
    }

    @Test func `gives the element to who waits, not to who asks first`() throws {
        try onHub(.inOrder) {
            let queue = Queue<Int>()
            let waiter = spawn { try queue.get() }
            try sleep()

            try queue.put(1)

            #expect(throws: QueueEmpty()) { try queue.getNowait() }
            try #expect(waiter.get() == 1)
        }
    }

    @Test func `gives the free place to who waits, not to who asks first`() throws {
        try onHub {
            let queue = Queue([1], maxSize: 1)
            spawn { try queue.put(2) }
            try idle()

            try #expect(queue.get() == 1)

            #expect(throws: QueueFull()) { try queue.putNowait(3) }
            try #expect(queue.get() == 2)
        }
    }

    @Test func `lets in as many putters as a raised limit has room for`() throws {
        try onHub(.inOrder) {
            let queue = Queue<Int>(maxSize: 1)
            for number in 0..<5 { spawn { try queue.put(number) } }
            try sleep()
            #expect(queue.putterCount == 4)

            queue.maxSize = 3
            #expect(queue.count == 3)
            #expect(queue.putterCount == 2)
            queue.maxSize = nil

            #expect(queue.putterCount == 0)
            try #expect(queue.drain() == [0, 1, 2, 3, 4])
        }
    }

    @Test func `lets nobody in until a lowered limit is met`() throws {
        try onHub {
            let queue = Queue([0, 1, 2], maxSize: 3)
            queue.maxSize = 1
            spawn { try queue.put(3) }
            try idle()

            let counts = try (0..<3).map { _ in
                _ = try queue.get()
                return queue.count
            }

            #expect(counts == [2, 1, 1])
            #expect(queue.maxSize == 1)
        }
    }

    @Test func `has an element though who put it has ended`() throws {
        try onHub {
            let queue = Queue<Int>()
            let putter = spawn { try queue.put(1) }
            try putter.join()

            try #expect(queue.get() == 1)
        }
    }

    @Test func `tells the main greenlet that nobody is left to put or get`() throws {
        try onHub {
            #expect(throws: LoopExit.self) { try Queue<Int>().get() }
            #expect(throws: LoopExit.self) { try Queue<Int>().peek() }
            #expect(throws: LoopExit.self) { try Queue([1], maxSize: 1).put(2) }
        }
    }
}
