// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

/// Something of a user's own that can be waited for.
private final class Door: Waitable {
    private var links: [(LinkToken, () -> Void)] = []
    private let token = Greenlet {}.linkReady {}
    private(set) var isReady = false
    var linkCount: Int { links.count }

    func open() {
        isReady = true
        for (_, call) in links { Hub.current.runCallback(call) }
        links = []
    }

    func linkReady(_ callback: @escaping () -> Void) -> LinkToken {
        links.append((token, callback))
        return token
    }

    func unlink(_ token: LinkToken) { links.removeAll { $0.0 == token } }
}

@Suite struct WaitAnyTests {
    @Test func `hands over each object as it becomes ready`() throws {
        let values = try onHub(.inOrder) {
            var values: [Int?] = []
            try waitEach(JoinAllTests.three()) { values.append($0.value) }
            return values
        }

        #expect(values == [2, 0, 1])
    }

    @Test func `hands over those that are ready at once, without a turn of the hub`() throws {
        let (count, hasOthersRun) = try onHub {
            let dead = spawn {}
            try dead.join()
            var hasOthersRun = false
            spawn { hasOthersRun = true }
            var count = 0
            try waitEach([dead, dead]) { _ in count += 1 }
            return (count, hasOthersRun)
        }

        #expect(count == 1)
        #expect(!hasOthersRun)
    }

    @Test func `leaves no link behind when its body throws`() throws {
        let hasLinks = try onHub {
            let first = spawn {}
            let second = spawn { try sleep(.seconds(60)) }
            defer { kill(second) }
            _ = errorOf { try waitEach([second, first]) { _ in throw Mistake() } }
            return second.hasLinks
        }

        #expect(!hasLinks)
    }

    @Test func `leaves no link behind when the time is up, or when it was killed`() throws {
        let states = try onHub(.inOrder) {
            let sleeper = spawn { try sleep(.seconds(60)) }
            defer { kill(sleeper) }
            try wait([sleeper], timeout: .milliseconds(1))
            var states = [sleeper.hasLinks]
            let waiter = spawn { _ = try wait([sleeper]) }
            try sleep(.zero)
            states.append(sleeper.hasLinks)
            try waiter.kill()
            return states + [sleeper.hasLinks]
        }

        #expect(states == [false, true, false])
    }

    @Test(arguments: [(0, 0), (1, 1), (2, 2), (7, 3)])
    func `waits for as many as it is told`(count: Int, expected: Int) throws {
        let got = try onHub(.inOrder) {
            let all = JoinAllTests.three()
            let got = try wait(all, count: count).count
            try killAll(all)
            return got
        }

        #expect(got == expected)
    }

    @Test func `takes a type of the user's own, together with greenlets`() throws {
        let (count, isDoorFirst, links) = try onHub {
            let door = Door()
            let greenlet = spawn {
                try sleep(.milliseconds(1))
                door.open()
                try sleep(.milliseconds(1))
            }
            let ready = try wait([greenlet as any Waitable, door, door])
            return (ready.count, ready.first === door, door.linkCount)
        }

        #expect(count == 2)
        #expect(isDoorFirst)
        #expect(links == 0)
    }

    @Test func `counts its time over all objects together`() throws {
        let (elapsed, count) = try onHub {
            let start = Hub.current.now
            let all = (0..<200).map { _ in Greenlet { try sleep(.milliseconds(5)) } }
            all[0].start()
            var count = 0
            try waitEach(all, timeout: .milliseconds(25)) { _ in
                count += 1
                // Each is ready 5 ms after the one before was handed over, at the earliest.
                if count < all.count { all[count].start() }
            }
            try killAll(all)
            return (Hub.current.now - start, count)
        }

        #expect(elapsed >= .milliseconds(25))
        #expect(count < 200)
    }

    @Test func `returns at once for no objects`() throws {
        #expect(try onHub { try wait([AnyGreenlet]()).isEmpty })
    }
}
