// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct QueueStrikingTests {
    @Test(arguments: QueueKind.allCases)
    func `says that it is empty or full when the time has run out`(kind: QueueKind) throws {
        try onHub {
            let empty: any AnyQueue<Int> = kind.make()
            let full = kind.make([1], maxSize: 1)
            let start = Hub.current.now

            #expect(throws: QueueEmpty()) { try empty.get(timeout: .milliseconds(2)) }
            #expect(throws: QueueFull()) { try full.put(2, timeout: .milliseconds(2)) }

            #expect(Hub.current.now - start >= .milliseconds(4))
            #expect(empty.getterCount == 0 && full.putterCount == 0)
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `passes on a timeout that was set further out`(kind: QueueKind) throws {
        try onHub {
            let empty: any AnyQueue<Int> = kind.make()
            let full = kind.make([1], maxSize: 1)

            expectOuterTimeoutPasses { _ = try empty.get(timeout: .seconds(1)) }
            expectOuterTimeoutPasses { _ = try empty.get() }
            expectOuterTimeoutPasses { _ = try empty.peek(timeout: .seconds(1)) }
            expectOuterTimeoutPasses { try full.put(2, timeout: .seconds(1)) }
            expectOuterTimeoutPasses { try full.put(2) }
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `lets others run when there is no time to wait`(kind: QueueKind) throws {
        try onHub(.inOrder) {
            let queue: any AnyQueue<Int> = kind.make()
            spawn { try queue.put(1) }

            try #expect(queue.get(timeout: .zero) == 1)
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `throws the error of a timeout in who waits, and loses nothing`(kind: QueueKind) throws {
        try onHub {
            let queue: any AnyQueue<Int> = kind.make()
            let getters = (0..<2).map { _ in
                spawn { try withTimeout(.zero, throwing: Boom()) { try queue.get() } }
            }
            try joinAll(getters)

            try queue.put(1)

            #expect(getters.allSatisfy { $0.error is Boom })
            try #expect(queue.get() == 1)
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `loses nothing to a getter that is killed before a put in the same tick`(
        kind: QueueKind
    ) throws {
        try onHub(.inOrder) {
            let queue: any AnyQueue<Int> = kind.make()
            let killed = spawn { try queue.get() }
            let other = spawn { try queue.get() }
            try idle()

            kill(killed)
            try queue.put(1)

            try #expect(other.get() == 1)
            #expect(killed.isKilled)
            #expect(queue.getterCount == 0 && queue.isEmpty)
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `has given the element to a getter that is killed after the put`(kind: QueueKind) throws {
        try onHub {
            let queue: any AnyQueue<Int> = kind.make()
            var got: [Int] = []
            let getter = spawn {
                while true { got.append(try queue.get()) }
            }
            try idle()

            try queue.put(1)
            kill(getter)
            try queue.put(2)

            try getter.join()
            #expect(got + (try queue.drain()) == [1, 2])
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `does not take the element of a putter that is killed before the get`(
        kind: QueueKind
    ) throws {
        try onHub(.inOrder) {
            let queue = kind.make([1], maxSize: 1)
            let killed = spawn { try queue.put(2) }
            let other = spawn { try queue.put(3) }
            try idle()

            kill(killed)
            let first = try queue.get()

            try other.get()
            #expect([first] + (try queue.drain()) == [1, 3])
            #expect(killed.isKilled)
            #expect(queue.putterCount == 0)
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `keeps the element of a putter that is killed after the get`(kind: QueueKind) throws {
        try onHub {
            let queue = kind.make([1], maxSize: 1)
            var hasPut = false
            let putter = spawn {
                try queue.put(2)
                hasPut = true
                try sleep()
            }
            try idle()

            try #expect(queue.get() == 1)
            try putter.kill()

            #expect(hasPut)
            try #expect(queue.drain() == [2])
        }
    }

    @Test func `withdraws the element of a putter whose time ran out`() throws {
        try onHub {
            let queue = Queue([1], maxSize: 1)
            let late = spawn { try queue.put(2, timeout: .zero) }
            let patient = spawn { try queue.put(3) }
            try late.join()

            let first = try queue.get()

            try patient.get()
            #expect([first] + (try queue.drain()) == [1, 3])
        }
    }

    @Test func `takes a time that ran out as that, though an element comes in the same tick`()
        throws
    {
        try onHub {
            let queue = Queue<Int>()
            let getter = spawn { try? queue.get(timeout: .milliseconds(1)) }
            try sleep()
            spend(.milliseconds(2))

            try queue.put(1)

            let got = try getter.get()
            #expect([got].compactMap(\.self) + (try queue.drain()) == [1])
        }
    }

    @Test func `neither loses nor invents an element when a strike was taken back`() throws {
        try onHub(.inOrder) {
            let empty = Queue<Int>()
            let full = Queue([1], maxSize: 1)
            var got: [Int] = []
            var put: [Int] = [1]
            let timeouts = [Timeout(.milliseconds(1)), Timeout(.milliseconds(1))]
            spawn {
                timeouts[0].start()
                got.append(try empty.get())
            }
            spawn {
                timeouts[1].start()
                try full.put(2)
                put.append(2)
            }
            try sleep()
            spend(.milliseconds(1))
            while !timeouts.allSatisfy(\.hasExpired) { try sleep() }

            for timeout in timeouts { timeout.cancel() }
            try sleep()
            try empty.put(7)
            let first = try full.get()
            try sleep()

            #expect(got + (try empty.drain()) == [7])
            #expect([first] + (try full.drain()) == put)
        }
    }
}
