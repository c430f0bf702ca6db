// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct QueuePeekTests {
    @Test(arguments: QueueKind.allCases)
    func `shows what comes out next and leaves it there`(kind: QueueKind) throws {
        let queue = kind.make([1, 2, 3])

        let shown = try queue.peek()

        #expect(queue.count == 3)
        try #expect(queue.peekNowait() == shown)
        try #expect(queue.get() == shown)
    }

    @Test func `does not wait for an element when it may not`() {
        #expect(throws: QueueEmpty()) { try Queue<Int>().peekNowait() }
    }

    @Test func `says that the queue is empty when the time has run out`() throws {
        try onHub {
            let queue = Queue<Int>()
            let peeker = spawn { try queue.peek(timeout: .milliseconds(1)) }

            #expect(throws: QueueEmpty()) { try peeker.get() }
            #expect(queue.getterCount == 0)
        }
    }

    @Test func `shows everybody who waits the element that comes`() throws {
        try onHub {
            let queue = Queue<Int>()
            let peekers = (0..<3).map { _ in spawn { try queue.peek() } }
            try sleep()

            try queue.put(7)

            try joinAll(peekers)
            #expect(peekers.map(\.value) == [7, 7, 7])
            #expect(queue.count == 1)
        }
    }

    @Test func `shows the element to who waited before the one who takes it`() throws {
        try onHub(.inOrder) {
            let queue = Queue<Int>()
            let peeker = spawn { try queue.peek() }
            let getter = spawn { try queue.get() }
            try sleep()

            try queue.put(7)
            try sleep()

            try #expect(getter.get() == 7)
            #expect(peeker.value == 7)
        }
    }

    @Test func `shows the next element to who waited behind one who gets`() throws {
        try onHub(.inOrder) {
            let queue = Queue<Int>()
            let getter = spawn { try queue.get() }
            let peeker = spawn { try queue.peek() }
            try sleep()

            try queue.put(1)
            try queue.put(2)

            try #expect(getter.get() == 1)
            try #expect(peeker.get() == 2)
            #expect(queue.count == 1)
        }
    }

    @Test func `leaves no ghost when who peeks is killed`() throws {
        try onHub {
            let queue = Queue<Int>()
            let peeker = spawn { try queue.peek() }
            try sleep()

            try peeker.kill()

            #expect(queue.getterCount == 0)
            try queue.put(1)
            #expect(queue.count == 1)
        }
    }

    @Test func `ends when the queue is shut down`() throws {
        try onHub {
            let queue = Queue<Int>()
            let peeker = spawn { try queue.peek() }
            try sleep()

            queue.shutdown()

            #expect(throws: QueueShutDown()) { try peeker.get() }
            #expect(throws: QueueShutDown()) { try queue.peekNowait() }
        }
    }

    @Test func `ends within its time, though others take what comes`() throws {
        try onHub {
            let queue = Queue<Int>()
            let peeker = spawn { try? queue.peek(timeout: .milliseconds(2)) }
            let feeder = spawn {
                while !peeker.isReady {
                    try queue.put(1)
                    _ = try? queue.getNowait()
                    try sleep()
                }
            }

            try #expect(peeker.join(timeout: plenty))
            try feeder.join()
        }
    }
}
