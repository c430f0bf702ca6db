// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

/// Every element goes away once, and no later than its last owner.
@Suite struct QueueLifetimeTests {
    @Test(arguments: QueueKind.allCases)
    func `lets go of what is taken out`(kind: QueueKind) throws {
        let census = Census()
        let queue: any AnyQueue<Census.Member> = kind.make()

        for burst in 1...20 {
            for number in 0..<burst { try queue.put(census.member(number)) }
            for _ in 0..<(burst / 2) { _ = try queue.get() }
            #expect(census.living == queue.count)
        }

        _ = try queue.drain()
        #expect(census.living == 0)
        #expect(census.total == 210)
    }

    @Test(arguments: QueueKind.allCases)
    func `lets go of what is in it when it goes`(kind: QueueKind) throws {
        let census = Census()

        do {
            let queue: any AnyQueue<Census.Member> = kind.make()
            for number in 0..<20 { try queue.put(census.member(number)) }
            for _ in 0..<5 { _ = try queue.get() }
            #expect(census.living == 15)
        }

        #expect(census.living == 0)
    }

    @Test(arguments: QueueKind.allCases)
    func `lets go of what it hands to a getter that waits`(kind: QueueKind) throws {
        let census = Census()
        try onHub {
            let queue: any AnyQueue<Census.Member> = kind.make()
            let getter = spawn { try queue.get().number }
            try sleep()

            try queue.put(census.member(4))

            try #expect(getter.get() == 4)
            #expect(census.living == 0)
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `lets go of what a waiting putter brings`(kind: QueueKind) throws {
        let census = Census()
        try onHub {
            let queue = kind.make([census.member(1)], maxSize: 1)
            let putter = spawn { try queue.put(census.member(2)) }
            try idle()
            #expect(census.living == 2)

            _ = try queue.get()
            try putter.join()

            #expect(census.living == 1)
            _ = try queue.get()
            #expect(census.living == 0)
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `lets go of what a putter withdraws`(kind: QueueKind) throws {
        let census = Census()
        try onHub {
            let queue = kind.make([census.member(1)], maxSize: 1)
            let late = spawn { try queue.put(census.member(2), timeout: .zero) }
            let killed = spawn { try queue.put(census.member(3)) }
            let limited = spawn { try withTimeout(.zero) { try queue.put(census.member(4)) } }
            #expect(throws: QueueFull()) { try queue.putNowait(census.member(5)) }
            try joinAll(late, limited)
            try killed.kill()

            #expect(census.living == 1)
            #expect(throws: QueueFull()) { try late.get() }
        }
        #expect(census.living == 0)
    }

    @Test(arguments: QueueKind.allCases)
    func `lets go of what is put while who waits is killed`(kind: QueueKind) throws {
        let census = Census()
        try onHub {
            let queue: any AnyQueue<Census.Member> = kind.make()
            let before = spawn { _ = try queue.get() }
            let after = spawn { _ = try queue.get() }
            try sleep()

            kill(before)
            try queue.put(census.member())
            kill(after)
            try joinAll(before, after)

            #expect(census.living == queue.count)
        }
        #expect(census.living == 0)
    }

    @Test(arguments: QueueKind.allCases)
    func `lets go of what is left at an immediate shutdown`(kind: QueueKind) throws {
        let census = Census()
        try onHub {
            let queue = kind.make([census.member(1), census.member(2)], maxSize: 2)
            let putter = spawn { try queue.put(census.member(3)) }
            try sleep()

            queue.shutdown(immediate: true)

            try putter.join()
            #expect(throws: QueueShutDown()) { try putter.get() }
            #expect(census.living == 0)
        }
    }

    @Test(arguments: QueueKind.allCases)
    func `keeps what it has shown, once`(kind: QueueKind) throws {
        let census = Census()
        try onHub {
            let queue: any AnyQueue<Census.Member> = kind.make()
            let peeker = spawn { try queue.peek().number }
            try sleep()
            try queue.put(census.member(3))
            try #expect(peeker.get() == 3)
            _ = try queue.peek()

            #expect(census.living == 1)
            _ = try queue.get()
            #expect(census.living == 0)
        }
    }

    @Test func `owns what is in a copy a second time`() throws {
        let census = Census()
        let queue = Queue((0..<20).map(census.member))

        do { _ = queue.copy() }
        #expect(census.living == 20)
        let copy = queue.copy()
        _ = try queue.drain()

        #expect(census.living == 20)
        try #expect(copy.drain().map(\.number) == Array(0..<20))
        #expect(census.living == 0)
    }

    @Test func `lets go of what a channel hands over, in either order`() throws {
        let census = Census()
        try onHub {
            let channel = Channel<Census.Member>()
            let getter = spawn { try channel.get().number }
            try sleep()
            try channel.put(census.member(1))
            let putter = spawn { try channel.put(census.member(2)) }
            try sleep()

            try #expect(channel.get().number == 2)
            try #expect(getter.get() == 1)
            try putter.join()
            #expect(census.living == 0)
        }
    }

    @Test func `lets go of what a putter of a channel withdraws`() throws {
        let census = Census()
        try onHub {
            let channel = Channel<Census.Member>()
            let late = spawn { try channel.put(census.member(), timeout: .zero) }
            let killed = spawn { try channel.put(census.member()) }
            #expect(throws: QueueFull()) { try channel.putNowait(census.member()) }
            try late.join()
            try killed.kill()

            #expect(throws: QueueFull()) { try late.get() }
            #expect(census.living == 0)
            #expect(channel.balance == 0)
        }
    }
}
