// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct HubCloseTests {
    @Test func `kills the greenlets and lets them clean up`() throws {
        let log = try onThread {
            var log: [String] = []
            for number in 0..<2 {
                spawn {
                    defer { log.append("cleaned \(number)") }
                    try sleep(.seconds(60))
                }
            }
            try sleep(.zero)
            spawn { log.append("never run") }
            spawn(after: .seconds(60)) { log.append("never run") }
            Hub.current.close()
            return log
        }

        #expect(log == ["cleaned 0", "cleaned 1"])
    }

    @Test func `waits for clean-up in a shield`() throws {
        let hasCleanedUp = try onThread {
            var hasCleanedUp = false
            spawn {
                defer {
                    try? shielded { try sleep(.milliseconds(2)) }
                    hasCleanedUp = true
                }
                try sleep(.seconds(60))
            }
            try sleep(.zero)
            Hub.current.close()
            return hasCleanedUp
        }

        #expect(hasCleanedUp)
    }

    @Test func `strikes those again that swallow the kill`() throws {
        let left = try onThread {
            spawn {
                for _ in 0..<10 { try? sleep(.seconds(60)) }
            }
            try sleep(.zero)
            let hub = Hub.current
            hub.close()
            return hub.greenletCount
        }

        #expect(left == 0)
    }

    @Test func `is followed by a new hub at the next use`() throws {
        let outcome = try onThread {
            let first = Hub.current
            first.close()
            let isGone = Hub.currentIfExists == nil
            let value = try spawn { 7 }.get()
            let isNew = Hub.current !== first
            Hub.current.close()
            return [isGone, isNew, value == 7]
        }

        #expect(outcome == [true, true, true])
    }

    @Test func `does not wait for a Timeout that the main greenlet has left behind`() throws {
        let (isPending, hasExpired) = try onThread {
            let forgotten = Timeout.startNew(.seconds(20))
            spawn { try sleep(.seconds(60)) }
            try sleep(.zero)
            Hub.current.close()
            return (forgotten.isPending, forgotten.hasExpired)
        }

        #expect(!isPending)
        #expect(!hasExpired)
    }

    @Test func `frees the hub and what the main greenlet has left behind`() throws {
        let outcome = try onThread {
            weak var hub: Hub?
            weak var timeout: Timeout?
            do {
                hub = Hub.current
                timeout = Timeout.startNew(.seconds(60))
                Hub.current.runCallback {}
            }
            Hub.current.close()
            return [hub == nil, timeout == nil]
        }

        #expect(outcome == [true, true])
    }

    @Test func `leaves values that others still hold`() throws {
        let greenlet = try onHub {
            let greenlet = spawn { "kept" }
            try greenlet.join()
            return greenlet
        }

        #expect(greenlet.value == "kept")
        #expect(greenlet.isReady)
    }

    @Test func `makes a kill from another thread do nothing afterwards`() throws {
        let greenlet = try onThread {
            let greenlet = Greenlet {}
            Hub.current.close()
            return greenlet
        }

        kill(greenlet)

        #expect(!greenlet.isReady)
    }

    @Test func `leaves nothing of ten hubs of ten threads, nor of their greenlets`() throws {
        let outcomes = try (0..<10).map { _ in
            try onThread {
                var remains = Remains()
                do {
                    remains.note(Hub.current)
                    for body: () throws -> Void in [
                        { try sleep(.zero) }, { try sleep(.seconds(60)) }, idleForEver,
                        { throw Mistake() },
                    ] {
                        let greenlet = spawn { try body() }
                        greenlet.link { _ in }
                        remains.note(greenlet)
                    }
                    try sleep(.milliseconds(1))
                    remains.note(spawn {})
                    remains.note(spawn(after: .seconds(60)) {})
                }
                Hub.current.close()
                return [remains.noted, remains.living]
            }
        }

        #expect(outcomes == Array(repeating: [7, 0], count: 10))
    }

    @Test func `traps in any other greenlet than the main one`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            try onHub { _ = try spawn { Hub.current.close() }.join() }
        }

        #expect(result.errorText.contains("a hub is closed by its main greenlet"))
    }
}
