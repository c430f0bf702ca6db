// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct EventLinkTests {
    @Test func `calls links once, in their order, and not before it is set`() throws {
        let calls = try onHub(.inOrder) {
            let event = Event()
            var calls: [Int] = []
            for number in 0..<3 { _ = event.linkReady { calls.append(number) } }
            try sleep()
            let before = calls

            event.set()
            let during = calls
            try sleep()
            event.clear()
            event.set()
            try sleep()

            return [before, during, calls]
        }

        #expect(calls == [[], [], [0, 1, 2]])
    }

    @Test func `calls a link soon when it is set already`() throws {
        let isCalled = try onHub(.inOrder) {
            let event = Event()
            event.set()
            var isCalled = false

            _ = event.linkReady { isCalled = true }
            let atOnce = isCalled
            try sleep()

            return [atOnce, isCalled]
        }

        #expect(isCalled == [false, true])
    }

    @Test func `does not call a link that was taken back`() throws {
        let calls = try onHub(.inOrder) {
            let event = Event()
            var calls: [Int] = []
            let first = event.linkReady { calls.append(1) }
            _ = event.linkReady { calls.append(2) }

            event.unlink(first)
            event.unlink(first)
            event.set()
            try sleep()

            return calls
        }

        #expect(calls == [2])
    }

    @Test func `counts the links that were not called`() throws {
        let counts = try onHub {
            let event = Event()
            let token = event.linkReady {}
            _ = event.linkReady {}
            let two = event.linkCount
            event.unlink(token)
            let one = event.linkCount

            event.set()

            return [two, one, event.linkCount]
        }

        #expect(counts == [2, 1, 0])
    }

    @Test func `may be used by what a link drags along into its end`() throws {
        let isSet = try onHub {
            let event = Event()
            let token = {
                let last = Setter(event)
                return event.linkReady { withExtendedLifetime(last) {} }
            }()

            event.unlink(token)

            return event.isSet
        }

        #expect(isSet)
    }

    @Test func `is found ready each time it is waited for among others`() throws {
        let counts = try onHub {
            let set = Event()
            let unset = Event()
            set.set()

            return try (0..<2).map { _ in
                try wait([unset, set], timeout: .zero).map { $0 === set }
            }
        }

        #expect(counts == [[true], [true]])
    }

    @Test func `leaves no link behind when a wait among others ends`() throws {
        let count = try onHub {
            let event = Event()
            try wait([event, Event()], timeout: .zero)
            return event.linkCount
        }

        #expect(count == 0)
    }
}

/// Sets an event when it goes away.
private final class Setter {
    private let event: Event

    init(_ event: Event) { self.event = event }

    deinit { event.set() }
}
