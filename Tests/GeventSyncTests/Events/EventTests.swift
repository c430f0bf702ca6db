// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct EventTests {
    @Test func `is set by set, and not before`() {
        let event = Event()
        let before = event.isSet

        event.set()

        #expect(!before)
        #expect(event.isSet)
        #expect(event.isReady)
    }

    @Test func `is not set any more after clear`() {
        let event = Event()
        event.set()

        event.clear()

        #expect(!event.isSet)
        #expect(!event.isReady)
    }

    @Test func `can be set and cleared twice in a row`() throws {
        let event = Event()

        event.clear()
        event.set()
        event.set()

        #expect(event.isSet)
    }

    @Test func `lets who waits pass at once when it is set`() throws {
        let hasSwitched = try onHub {
            let event = Event()
            event.set()
            var hasSwitched = false
            spawn { hasSwitched = true }

            let isSet = try event.wait()

            return [isSet, hasSwitched]
        }

        #expect(hasSwitched == [true, false])
    }

    @Test(arguments: [1, 100, 1_000])
    func `releases all who wait, in their order, though it is cleared at once`(count: Int) throws {
        let released = try onHub(.inOrder) {
            let event = Event()
            var released: [Int] = []
            let waiters = (0..<count).map { number in
                spawn { if try event.wait() { released.append(number) } }
            }
            try sleep()

            event.set()
            event.clear()

            try joinAll(waiters, raiseError: true)
            return released
        }

        #expect(released == Array(0..<count))
    }

    @Test func `puts a newcomer behind those who are woken but have not run`() throws {
        let (order, later) = try onHub(.inOrder) {
            let event = Event()
            var order: [Int] = []
            for number in 1...2 {
                spawn {
                    try event.wait()
                    order.append(number)
                }
            }
            try sleep()
            // Due at once, but only found when the hub looks at its timers.
            let looked = spawn(after: .zero) { order.append(0) }

            event.set()
            try event.wait()
            order.append(3)

            let atOnce = order
            try looked.join()
            return (atOnce, order)
        }

        #expect(order == [1, 2, 3])
        #expect(later == [1, 2, 3, 0])
    }

    @Test func `lets newcomers pass at once when all who were woken have run`() throws {
        let hasSwitched = try onHub {
            let event = Event()
            let waiters = (0..<3).map { _ in spawn { try event.wait() } }
            try sleep()
            event.set()
            try joinAll(waiters)
            var hasSwitched = false
            spawn { hasSwitched = true }

            try event.wait()

            return hasSwitched
        }

        #expect(!hasSwitched)
    }

    @Test func `wakes nobody twice for two calls of set`() throws {
        let wakes = try onHub(.inOrder) {
            let event = Event()
            var wakes = 0
            spawn {
                try event.wait()
                wakes += 1
                event.clear()
                try event.wait()
                wakes += 1
            }
            try sleep()

            event.set()
            event.set()
            try sleep()
            try sleep()

            return wakes
        }

        #expect(wakes == 1)
    }

    @Test func `goes away when nobody refers to it`() throws {
        weak var weakEvent: Event?

        do {
            let event = Event()
            weakEvent = event
            event.set()
        }

        #expect(weakEvent == nil)
    }

    @Test func `stays while a greenlet waits for it`() throws {
        let isThere = try onHub {
            weak var weakEvent: Event?
            let waiter: Greenlet<Bool>
            do {
                let event = Event()
                weakEvent = event
                waiter = spawn { try event.wait() }
            }
            try sleep()

            weakEvent?.set()

            return try waiter.get()
        }

        #expect(isThere)
    }
}
