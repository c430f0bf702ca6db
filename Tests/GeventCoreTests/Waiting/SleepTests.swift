// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct SleepTests {
    @Test func `sleeps at least as long as it is told`() throws {
        let elapsed = try onHub {
            let start = Hub.current.now
            try sleep(.milliseconds(3))
            return Hub.current.now - start
        }

        #expect(elapsed >= .milliseconds(3))
    }

    @Test(arguments: [Duration.zero, .nanoseconds(-1), .seconds(-1), .seconds(Int64.min)])
    func `goes to the back of the queue for zero and less`(duration: Duration) throws {
        let log = try onHub(.inOrder) {
            var log: [Int] = []
            for number in 0..<3 { spawn { log.append(number) } }
            try sleep(duration)
            log.append(3)
            return log
        }

        #expect(log == [0, 1, 2, 3])
    }

    @Test(arguments: [
        Duration.nanoseconds(1), .microseconds(1),
        Duration(secondsComponent: 0, attosecondsComponent: 1),
    ])
    func `ends soon for next to nothing`(duration: Duration) throws {
        try onHub { try withTimeout(.seconds(10)) { try sleep(duration) } }
    }

    @Test(arguments: [
        Duration.seconds(10 * 365 * 86_400), .seconds(Int64.max),
        Duration(secondsComponent: .max, attosecondsComponent: 999_999_999_999_999_999),
    ])
    func `overflows nothing for years, and can be struck`(duration: Duration) throws {
        let isKilled = try onHub {
            let sleeper = spawn { try sleep(duration) }
            try sleep(.milliseconds(1))
            let isAsleep = sleeper.isStarted
            try sleeper.kill()
            return isAsleep && sleeper.isKilled
        }

        #expect(isKilled)
    }

    @Test func `wakes those that sleep in the order of their times`() throws {
        let log = try onHub {
            let delays = [5, 1, 4, 2, 3].map { Duration.milliseconds($0) }
            var turns: [Duration] = []
            var log: [Int] = []
            let sleepers = delays.enumerated().map { index, delay in
                spawn {
                    turns.append(Hub.current.now)
                    try sleep(delay)
                    log.append(index)
                }
            }
            spawn { turns.append(Hub.current.now) }
            try joinAll(sleepers)
            return log.map { Due(after: delays[$0], from: turns[$0], to: turns[$0 + 1]) }
        }

        #expect(log.count == 5)
        #expect(Due.areInOrder(log))
    }

    @Test func `says what it waits for`() throws {
        let reasons = try onHub(.inOrder) {
            let sleeper = spawn { try sleep(.seconds(60)) }
            var reasons = [sleeper.waitReason]
            try sleep(.zero)
            reasons.append(sleeper.waitReason)
            try sleeper.kill()
            reasons.append(sleeper.waitReason)
            return reasons
        }

        #expect(reasons == ["nothing, it is ready to run", "sleep", "nothing, it has ended"])
    }

    @Test func `runs everybody who is ready before an idle greenlet goes on`() throws {
        let log = try onHub {
            var log: [String] = []
            let busy = spawn {
                for _ in 0..<5 { try sleep(.zero) }
                log.append("busy")
            }
            try idle()
            log.append("idle")
            try busy.join()
            return log
        }

        #expect(log == ["busy", "idle"])
    }

    @Test func `goes on from idle although others sleep`() throws {
        let isAsleep = try onHub {
            let sleeper = spawn { try sleep(.seconds(60)) }
            try idle()
            return sleeper.isStarted
        }

        #expect(isAsleep)
    }

    @Test(.tags(.slow)) func `wakes great numbers, and none of them early`() throws {
        let areLateEnough = try onHub {
            let all = (0..<2_000).map { number in
                spawn {
                    let start = Hub.current.now
                    try sleep(.milliseconds(number % 20))
                    return Hub.current.now - start >= .milliseconds(number % 20)
                }
            }
            return try withTimeout(.seconds(60)) { try all.map { try $0.get() } }
        }

        #expect(areLateEnough == Array(repeating: true, count: 2_000))
    }
}
