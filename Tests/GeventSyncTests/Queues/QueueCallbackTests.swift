// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct QueueCallbackTests {
    @Test(arguments: QueueKind.allCases)
    func `takes what fits and refuses the rest`(kind: QueueKind) throws {
        try onHub {
            let queue: any AnyQueue<Int> = kind.make(maxSize: 1)
            var errors: [(any Error)?] = []

            try inCallback {
                errors.append(errorOf { try queue.putNowait(1) })
                errors.append(errorOf { try queue.putNowait(2) })
            }

            #expect(errors.map { $0 as? QueueFull } == [nil, QueueFull()])
            try #expect(queue.get() == 1)
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `gives out what there is, then says that it is empty`(kind: QueueKind) throws {
        try onHub {
            let queue = kind.make([1])
            var results: [Result<Int, any Error>] = []

            try inCallback {
                for _ in 0..<2 { results.append(Result { try queue.getNowait() }) }
            }

            try #expect(results[0].get() == 1)
            #expect(throws: QueueEmpty()) { try results[1].get() }
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `hands an element to a greenlet that waits`(kind: QueueKind) throws {
        try onHub {
            let queue: any AnyQueue<Int> = kind.make(maxSize: 1)
            let getter = spawn { try queue.get() }
            try sleep()

            try inCallback { try? queue.putNowait(10) }

            try #expect(getter.get() == 10)
            #expect(queue.isEmpty)
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `lets in a greenlet that waits to put`(kind: QueueKind) throws {
        try onHub {
            let queue = kind.make([1], maxSize: 1)
            let putter = spawn { try queue.put(2) }
            try sleep()
            var got: Int?

            try inCallback { got = try? queue.getNowait() }

            try putter.get()
            #expect(got == 1)
            try #expect(queue.get() == 2)
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `does not wait in a callback, though it is asked to`(kind: QueueKind) throws {
        try onHub {
            let empty: any AnyQueue<Int> = kind.make()
            let full = kind.make([1], maxSize: 1)

            try inCallback {
                #expect(throws: QueueEmpty()) { try empty.get() }
                #expect(throws: QueueEmpty()) { try empty.peek() }
                #expect(throws: QueueFull()) { try full.put(2) }
                #expect(throws: BlockingSwitchOutError.self) { _ = try full.join(timeout: nil) }
            }

            try #expect(full.drain() == [1])
        }
    }

    @Test func `shuts down from a callback`() throws {
        try onHub {
            let queue = Queue<Int>()
            let getter = spawn { try queue.get() }
            try sleep()

            try inCallback { queue.shutdown() }

            #expect(throws: QueueShutDown()) { try getter.get() }
        }
    }

    @Test func `reports a task as done from a callback`() throws {
        try onHub {
            let queue = Queue([1])
            let joiner = spawn { try queue.join() }
            try sleep()

            try inCallback { queue.taskDone() }

            try #expect(joiner.get())
        }
    }
}
