// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct QueueShutdownTests {
    @Test(arguments: QueueKind.allCases)
    func `takes nothing more, and gives out what is left`(kind: QueueKind) throws {
        try onHub {
            let queue = kind.make([1, 2])

            queue.shutdown(immediate: false)

            #expect(throws: QueueShutDown()) { try queue.put(3) }
            #expect(throws: QueueShutDown()) { try queue.putNowait(3) }
            #expect(throws: QueueShutDown()) { try queue.put(3, timeout: .milliseconds(1)) }
            try #expect(queue.drain() == kind.order(of: [1, 2]))
            #expect(throws: QueueShutDown()) { try queue.get() }
            #expect(throws: QueueShutDown()) { try queue.getNowait() }
            #expect(throws: QueueShutDown()) { try queue.get(timeout: .milliseconds(1)) }
        }
    }

    @Test func `still waits for the tasks that were taken out`() throws {
        try onHub {
            let queue = Queue([1, 2])
            queue.shutdown()
            _ = try queue.get()
            queue.taskDone()
            _ = try queue.get()

            try #expect(!queue.join(timeout: .zero))
            queue.taskDone()
            try #expect(queue.join())
        }
    }

    @Test func `drops what is left, as done, when it is immediate`() throws {
        try onHub {
            let queue = Queue([1, 2, 3])
            _ = try queue.get()
            let joiner = spawn { try queue.join() }
            try sleep()

            queue.shutdown(immediate: true)

            #expect(queue.isEmpty)
            #expect(queue.unfinishedTasks == 1)
            #expect(throws: QueueShutDown()) { try queue.get() }
            #expect(!joiner.isReady)
            queue.taskDone()
            try #expect(joiner.get())
        }
    }

    @Test func `wakes who waits for the last task when it is immediate`() throws {
        try onHub {
            let queue = Queue([1, 2])
            let joiner = spawn { try queue.join() }
            try sleep()

            queue.shutdown(immediate: true)

            try #expect(joiner.get())
        }
    }

    @Test(arguments: QueueKind.allCases, [false, true])
    func `throws in all who wait to get`(kind: QueueKind, isImmediate: Bool) throws {
        try onHub {
            let queue: any AnyQueue<Int> = kind.make()
            let getters = [
                spawn { try queue.get() }, spawn { try queue.peek() },
                spawn { try queue.get(timeout: plenty) },
            ]
            try sleep()

            queue.shutdown(immediate: isImmediate)

            for getter in getters {
                #expect(throws: QueueShutDown()) { try getter.get() }
            }
            #expect(queue.getterCount == 0)
        }
    }

    @Test(arguments: QueueKind.allCases, [false, true])
    func `throws in all who wait to put, whose elements are not in it`(
        kind: QueueKind, isImmediate: Bool
    ) throws {
        try onHub {
            let queue = kind.make([1], maxSize: 1)
            let putters = [spawn { try queue.put(2) }, spawn { try queue.put(3, timeout: plenty) }]
            try sleep()

            queue.shutdown(immediate: isImmediate)

            for putter in putters {
                #expect(throws: QueueShutDown()) { try putter.get() }
            }
            #expect(queue.putterCount == 0)
            #expect(queue.unfinishedTasks == (isImmediate ? 0 : 1))
            try #expect(queue.drain() == (isImmediate ? [] : [1]))
        }
    }

    @Test func `may be said twice`() throws {
        let queue = Queue([1])

        queue.shutdown()
        #expect(queue.isShutDown)
        queue.shutdown(immediate: true)

        #expect(queue.isShutDown)
        #expect(queue.isEmpty)
    }

    @Test func `ends iteration once all is given out`() throws {
        try onHub {
            let queue = Queue([1, 2])
            var elements: [Int] = []
            let reader = spawn { try queue.forEach { elements.append($0) } }
            try sleep()
            try queue.put(3)

            queue.shutdown()

            try reader.get()
            #expect(elements == [1, 2, 3])
        }
    }

    @Test func `ends iteration by the error of the body, and keeps the rest`() throws {
        try onHub {
            let queue = Queue([1, 2, 3])

            #expect(throws: Boom.self) {
                try queue.forEach { if $0 == 2 { throw Boom() } }
            }

            try #expect(queue.drain() == [3])
        }
    }

    @Test func `lets elements use the queue while they are dropped`() throws {
        let queue = Queue<Counter>()
        try queue.put(Counter(of: queue))

        queue.shutdown(immediate: true)

        #expect(queue.isEmpty)
    }
}

/// Asks its queue something as it goes.
private final class Counter {
    private unowned let queue: Queue<Counter>

    init(of queue: Queue<Counter>) { self.queue = queue }

    deinit { _ = queue.count }
}
