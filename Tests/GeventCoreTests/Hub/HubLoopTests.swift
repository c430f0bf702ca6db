// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct HubLoopTests {
    @Test func `runs greenlets in turns when they sleep for zero`() throws {
        let log = try onHub(.inOrder) {
            var log: [String] = []
            let both = [1, 2].map { number in
                spawn {
                    log.append("\(number)A")
                    try sleep(.zero)
                    log.append("\(number)B")
                }
            }
            try joinAll(both)
            return log
        }

        #expect(log == ["1A", "2A", "1B", "2B"])
    }

    @Test func `runs greenlets first in the order they were spawned`() throws {
        let log = try onHub(.inOrder) {
            var log: [Int] = []
            try joinAll((0..<1000).map { number in spawn { log.append(number) } })
            return log
        }

        #expect(log == Array(0..<1000))
    }

    @Test func `does not switch when it spawns`() throws {
        let log = try onHub {
            var log: [String] = []
            let child = spawn { log.append("child") }
            log.append("spawner")
            try child.join()
            return log
        }

        #expect(log == ["spawner", "child"])
    }

    @Test func `runs a greenlet whose spawner has ended`() throws {
        let hasRun = try onHub(.inOrder) {
            var hasRun = false
            try spawn { spawn { hasRun = true } }.join()
            try sleep(.zero)
            return hasRun
        }

        #expect(hasRun)
    }

    @Test func `resumes those woken in one turn in the order they were woken`() throws {
        let log = try onHub(.inOrder) {
            var log: [Int] = []
            let gate = spawn { try sleep(.milliseconds(1)) }
            let waiters = (0..<100).map { number in
                spawn {
                    try gate.join()
                    log.append(number)
                }
            }
            try joinAll(waiters)
            return log
        }

        #expect(log == Array(0..<100))
    }

    @Test func `never runs the woken inside of the waker`() throws {
        let log = try onHub(.inOrder) {
            var log: [String] = []
            let sleeper = spawn {
                do { try sleep(.seconds(60)) } catch { log.append("woken") }
            }
            try sleep(.zero)
            kill(sleeper)
            log.append("waker goes on")
            try sleeper.join()
            return log
        }

        #expect(log == ["waker goes on", "woken"])
    }

    @Test(.tags(.slow)) func `fires a timer beside two greenlets that yield for ever`() throws {
        let isStorming = try onHub(.realTime) {
            // As good as for ever: many seconds.
            let storm = (0..<2).map { _ in
                spawn { for _ in 0..<15_000_000 { try sleep(.zero) } }
            }
            try sleep(.milliseconds(10))
            let isStorming = storm.map(\.isStarted)
            try killAll(storm)
            return isStorming
        }

        #expect(isStorming == [true, true])
    }

    @Test func `fires a timer that was started by another greenlet`() throws {
        let hasFired = try onHub {
            var hasFired = false
            spawn { spawn(after: .milliseconds(1)) { hasFired = true } }
            try withTimeout(.seconds(60)) { while !hasFired { try sleep(.milliseconds(1)) } }
            return hasFired
        }

        #expect(hasFired)
    }
}
