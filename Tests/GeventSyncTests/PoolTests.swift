// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct PoolTests {
    @Test func `a place is free again when its member has ended`() throws {
        try onHub(.inOrder) {
            let pool = Pool(2)
            #expect(pool.freeCount == 2 && pool.size == 2)

            let greenlet = try pool.spawn { 1 }
            #expect(pool.freeCount == 1)
            _ = try greenlet.get()

            #expect(pool.freeCount == 2)
        }
    }

    @Test func `the second spawn waits until the first member has ended`() throws {
        try onHub {
            let pool = Pool(1)
            let gate = Event()
            let first = try pool.spawn { try sleep(.milliseconds(1)) }

            let second = try pool.spawn { try gate.wait() }

            #expect(first.isReady && !second.isReady)
            try #expect(!pool.join(timeout: .milliseconds(1)))
            gate.set()
            try #expect(pool.join())
            #expect(pool.freeCount == 1)
        }
    }

    @Test func `applyAsync does not wait for room`() throws {
        try onHub(.inOrder) {
            let pool = Pool(2)
            var ran: [Int] = []

            let greenlets = try (1...4).map { number in
                try pool.applyAsync {
                    ran.append(number)
                    try sleep()
                    return number
                }
            }
            #expect(pool.isFull && ran.isEmpty)
            try joinAll(greenlets)

            #expect(ran == [1, 2, 3, 4])
            #expect(greenlets.map(\.value) == [1, 2, 3, 4])
            #expect(pool.freeCount == 2)
        }
    }

    @Test func `add waits for room, and a timeout around it takes none`() throws {
        try onHub {
            let pool = Pool(1)
            let gate = Event()
            try pool.add(spawn { try gate.wait() })
            let second = spawn { try gate.wait() }

            expectOuterTimeoutPasses { try pool.add(second) }
            #expect(pool.count == 1 && pool.freeCount == 0)
            gate.set()
            try pool.join()

            #expect(pool.count == 0 && pool.freeCount == 1)
        }
    }

    @Test func `throws when there is no room in time`() throws {
        try onHub {
            let pool = Pool(1)
            let gate = Event()
            try pool.spawn { try gate.wait() }
            let second = Greenlet {}

            #expect(throws: PoolFull()) { try pool.add(second, block: false) }
            #expect(throws: PoolFull()) { try pool.start(second, timeout: .milliseconds(1)) }
            #expect(!second.isStarted && pool.count == 1)
            gate.set()
            try pool.start(second)

            try pool.join()
            #expect(second.isReady && pool.freeCount == 1)
        }
    }

    @Test func `one that is killed while it waits for room takes none`() throws {
        try onHub(.inOrder) {
            let pool = Pool(1)
            let gate = Event()
            let member = try pool.spawn { try gate.wait() }
            let waiter = spawn { try pool.spawn {} }
            try sleep()

            try waiter.kill()
            gate.set()
            try member.join()

            #expect(pool.freeCount == 1 && pool.isEmpty)
        }
    }

    @Test func `a place is free again even if reporting the error fails`() throws {
        try onHub {
            Hub.current.errorHandler = { _ in throw Boom() }
            let pool = Pool(1)

            try pool.spawn { throw Boom() }
            try pool.spawn { throw Boom() }
            try pool.join()
            try sleep()

            #expect(pool.freeCount == 1)
        }
    }

    @Test func `adding a member again takes no second place`() throws {
        try onHub {
            let pool = Pool(2)
            let member = try pool.spawn { try sleep() }

            try pool.add(member)
            #expect(pool.freeCount == 1)
            pool.discard(member)

            #expect(pool.freeCount == 2)
            try member.join()
            try sleep()
            #expect(pool.freeCount == 2)
        }
    }

    @Test func `two that add the same greenlet take one place`() throws {
        try onHub {
            let pool = Pool(2)
            let holders = try (1...2).map { _ in try pool.spawn { try sleep(.milliseconds(1)) } }
            let gate = Event()
            let late = spawn { try gate.wait() }
            let adders = (1...2).map { _ in spawn { try pool.add(late) } }

            try joinAll(holders)
            try joinAll(adders)

            #expect(pool.count == 1 && pool.freeCount == 1)
            gate.set()
            try pool.join()
            #expect(pool.freeCount == 2)
        }
    }

    @Test func `kill frees all places`() throws {
        try onHub {
            let pool = Pool(20)
            for _ in 1...20 { try pool.spawn { try sleep(.seconds(10)) } }
            try sleep()

            try #expect(pool.kill())

            #expect(pool.freeCount == 20)
        }
    }

    @Test func `a pool of size 0 never has room`() throws {
        try onHub {
            let pool = Pool(0)

            #expect(pool.freeCount == 0 && pool.isFull)
            try #expect(pool.waitAvailable(timeout: .milliseconds(2)) == 0)
            #expect(throws: LoopExit.self) { try pool.spawn {} }
        }
    }

    @Test func `a pool without a size always has room`() throws {
        try onHub {
            let pool = Pool()
            for _ in 1...100 { try pool.spawn { try sleep() } }

            #expect(pool.freeCount == 1 && !pool.isFull)
            try #expect(pool.waitAvailable() == 1)
            try pool.join()
        }
    }

    @Test func `waitAvailable waits for room and does not take it`() throws {
        try onHub {
            let pool = Pool(1)
            let gate = Event()
            try pool.spawn { try gate.wait() }

            try #expect(pool.waitAvailable(timeout: .milliseconds(1)) == 0)
            gate.set()
            try #expect(pool.waitAvailable() == 1)

            #expect(pool.freeCount == 1)
        }
    }

    @Test func `traps on a negative size`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = Pool(-1)
        }

        #expect(result.errorText.contains("a Pool has no fewer than zero places"))
    }
}
