// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Glibc
import Testing

@Suite struct EpollTests {
    @Test func `gives the token back while something is ready`() throws {
        let epoll = try Epoll()
        let events = EpollEvents(capacity: 4)
        let counter = try EventCounter()
        try epoll.add(counter.number, interest: .readable, token: 0xdead_beef_0000_0001)
        #expect(try epoll.wait(into: events, nanoseconds: 0) == 0)

        counter.add()

        #expect(try epoll.wait(into: events, nanoseconds: nil) == 1)
        #expect(events[0].token == 0xdead_beef_0000_0001)
        #expect(events[0].flags == .readable)
    }

    @Test func `reports each write to an edge-triggered counter that nobody drains`() throws {
        let epoll = try Epoll()
        let events = EpollEvents(capacity: 4)
        let counter = try EventCounter()
        try epoll.add(counter.number, interest: [.readable, .edgeTriggered], token: 1)

        for _ in 0..<3 {
            counter.add()
            #expect(try epoll.wait(into: events, nanoseconds: 0) == 1)
            #expect(try epoll.wait(into: events, nanoseconds: 0) == 0)
        }
    }

    @Test func `reports again what is modified`() throws {
        let epoll = try Epoll()
        let events = EpollEvents(capacity: 4)
        let counter = try EventCounter()
        counter.add()
        try epoll.add(counter.number, interest: [.readable, .edgeTriggered], token: 1)
        #expect(try epoll.wait(into: events, nanoseconds: 0) == 1)

        try epoll.modify(counter.number, interest: [.readable, .edgeTriggered], token: 2)

        #expect(try epoll.wait(into: events, nanoseconds: 0) == 1)
        #expect(events[0].token == 2)
    }

    @Test func `forgets what is removed`() throws {
        let epoll = try Epoll()
        let events = EpollEvents(capacity: 4)
        let counter = try EventCounter()
        counter.add()
        try epoll.add(counter.number, interest: .readable, token: 1)

        try epoll.remove(counter.number)

        #expect(try epoll.wait(into: events, nanoseconds: 0) == 0)
        #expect(throws: SystemError(call: "epoll_ctl", code: ENOENT)) {
            try epoll.remove(counter.number)
        }
    }

    @Test func `says that a descriptor is watched already`() throws {
        let epoll = try Epoll()
        let counter = try EventCounter()
        try epoll.add(counter.number, interest: .readable, token: 1)

        let error = #expect(throws: SystemError.self) {
            try epoll.add(counter.number, interest: .readable, token: 2)
        }

        #expect(error?.isAlreadyWatched == true)
    }

    @Test func `returns no more events than there is room for`() throws {
        let epoll = try Epoll()
        let events = EpollEvents(capacity: 1)
        let first = try EventCounter()
        let second = try EventCounter()
        first.add()
        second.add()
        try epoll.add(first.number, interest: .readable, token: 1)
        try epoll.add(second.number, interest: .readable, token: 2)

        #expect(try epoll.wait(into: events, nanoseconds: 0) == 1)
    }

    @Test(arguments: [1, 250_000, 1_200_000] as [UInt64])
    func `never wakes before its time`(nanoseconds: UInt64) throws {
        let epoll = try Epoll()
        let events = EpollEvents(capacity: 1)
        let start = MonotonicClock.now

        #expect(try epoll.wait(into: events, nanoseconds: nanoseconds) == 0)

        #expect(MonotonicClock.now - start >= nanoseconds)
    }

    @Test(
        arguments: [
            (0, 0), (1, 1), (999_999, 1), (1_000_000, 1), (1_000_001, 2), (.max, .max),
        ] as [(UInt64, Int32)])
    func `rounds milliseconds up on older kernels`(nanoseconds: UInt64, milliseconds: Int32) {
        #expect(Epoll.milliseconds(nanoseconds) == milliseconds)
    }

    @Test func `traps on an event that has no place`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let events = EpollEvents(capacity: 2)
            _ = events[2]
        }

        #expect(result.errorText.contains("there is no event at this place"))
    }
}
