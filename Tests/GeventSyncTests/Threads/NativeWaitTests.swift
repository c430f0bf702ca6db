// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

/// Threads without a hub wait by themselves, and get none.
@Suite struct NativeWaitTests {
    @Test func `an event wakes them all`() throws {
        let event = Event()
        let waiters = try (0..<4).map { _ in try Elsewhere { try waitNatively { try event.wait() } }
        }

        try withoutHub { event.set() }

        #expect(try waiters.map { try $0.get() } == Array(repeating: true, count: 4))
    }

    @Test func `an event that is not set lets them go when the time is up`() throws {
        let event = Event()

        #expect(try !withoutHub { try event.wait(timeout: .milliseconds(1)) })
        #expect(try !withoutHub { try event.wait(timeout: .zero) })
        #expect(try !withoutHub { try event.wait(timeout: .seconds(-1)) })
    }

    @Test func `a result is handed over to them, value or error`() throws {
        let value = AsyncResult<String>()
        let error = AsyncResult<String>()
        let waiters = try [value, error].map { result in
            try Elsewhere { try waitNatively { try result.get() } }
        }

        value.set("a value")
        error.set(error: ThreadTrouble())

        #expect(try waiters[0].get() == "a value")
        #expect(throws: ThreadTrouble.self) { try waiters[1].get() }
        #expect(throws: Timeout.self) {
            try withoutHub { try AsyncResult<Int>().get(timeout: .milliseconds(1)) }
        }
    }

    @Test func `elements go through a queue and a channel`() throws {
        let queue = Queue<Int>(maxSize: 2)
        let channel = Channel<Int>()
        let producer = try Elsewhere { for number in 0..<500 { try queue.put(number) } }
        let relay = try Elsewhere { for _ in 0..<500 { try channel.put(queue.get()) } }
        let consumer = try Elsewhere {
            try waitNatively { try (0..<500).map { _ in try channel.get() } }
        }

        #expect(try consumer.get() == Array(0..<500))
        try producer.get()
        try relay.get()
        #expect(throws: QueueEmpty.self) { try withoutHub { try queue.get(timeout: .zero) } }
        #expect(throws: QueueEmpty.self) {
            try withoutHub { try queue.get(timeout: .milliseconds(1)) }
        }
    }

    @Test func `an RLock belongs to the thread that took it, as often as it did`() throws {
        let lock = RLock()

        try withoutHub {
            try lock.acquire()
            try lock.acquire()
            #expect(lock.isOwned && lock.count == 2)
            let other = try withoutHub {
                (lock.isOwned, try lock.acquire(block: false), try lock.acquire(timeout: .zero))
            }
            #expect(other == (false, false, false))
            lock.release()
            lock.release()
        }

        #expect(!lock.isLocked)
    }

    @Test func `a condition tells them, one after the other`() throws {
        let condition = Condition()
        let state = Guarded((waiting: 0, told: 0))
        let waiters = try (0..<3).map { _ in
            try Elsewhere {
                try condition.withLock {
                    state.withLock { $0.waiting += 1 }
                    try condition.wait()
                    state.withLock { $0.told += 1 }
                }
            }
        }
        try withoutHub {
            while try condition.withLock({ state.withLock { $0.waiting } }) < 3 {}
            try condition.withLock { condition.notify(2) }
            while state.withLock({ $0.told }) < 2 {}
            #expect(state.withLock { $0.told } == 2)
            try condition.withLock { condition.notifyAll() }
        }

        for waiter in waiters { try waiter.get() }
        #expect(state.withLock { $0.told } == 3)
    }

    @Test func `stands in one line with greenlets, first come first served`() throws {
        let order = try onHub(.inOrder) {
            Hub.current.keepAlive()
            let semaphore = Semaphore(0)
            let order = Guarded<[String]>([])
            let first = spawn {
                try semaphore.acquire()
                order.withLock { $0.append("greenlet 1") }
                semaphore.release()
            }
            try sleep()
            let second = try Elsewhere {
                try semaphore.acquire()
                order.withLock { $0.append("thread") }
                semaphore.release()
            }
            while semaphore.waiterCount < 2 { try sleep(.milliseconds(1)) }
            let third = spawn {
                try semaphore.acquire()
                order.withLock { $0.append("greenlet 2") }
            }
            try sleep()

            semaphore.release()
            try joinAll(first, third)

            try second.get()
            return order.withLock { $0 }
        }

        #expect(order == ["greenlet 1", "thread", "greenlet 2"])
    }

    @Test func `objects of all kinds are waited for at once`() throws {
        let event = Event()
        let result = AsyncResult<Int>()
        let semaphore = Semaphore(0)
        let waiter = try Elsewhere {
            try waitNatively { try wait([event, result, semaphore] as [any Waitable]).count }
        }

        event.set()
        semaphore.release()
        result.set(1)

        #expect(try waiter.get() == 3)
        #expect(event.linkCount + result.linkCount == 0)
    }
}

/// Runs `body` on a thread that gets no hub by it.
private func waitNatively<Value>(_ body: () throws -> Value) throws -> Value {
    let value = try body()
    if Hub.currentIfExists != nil { throw HubWasMade() }
    return value
}

private struct ThreadTrouble: Error {}
