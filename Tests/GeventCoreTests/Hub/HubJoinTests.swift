// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct HubJoinTests {
    @Test func `waits until nothing is left to happen, as often as it is asked`() throws {
        let outcome = try onHub {
            var log: [Bool] = []
            for _ in 0..<2 {
                let greenlet = spawn { try sleep(.milliseconds(1)) }
                log.append(try Hub.current.join())
                log.append(greenlet.isReady)
                try sleep(.milliseconds(1))
            }
            log.append(try Hub.current.join())
            return log
        }

        #expect(outcome == [true, true, true, true, true])
    }

    @Test func `waits for timers, delayed starts and callbacks`() throws {
        let count = try onHub {
            var count = 0
            spawn(after: .milliseconds(2)) { count += 1 }
            Hub.current.runCallback { spawn { count += 1 } }
            try Hub.current.join()
            return count
        }

        #expect(count == 2)
    }

    @Test func `says whether it has run dry in time`() throws {
        let outcome = try onHub {
            let sleeper = spawn { try sleep(.seconds(60)) }
            let isDry = try Hub.current.join(timeout: .milliseconds(2))
            try sleeper.kill()
            return [isDry, try Hub.current.join(timeout: .seconds(60))]
        }

        #expect(outcome == [false, true])
    }

    @Test func `does not wait for those that nobody will wake`() throws {
        let (isDry, isParked) = try onHub {
            let parked = spawn { try idleForEver() }
            return (try Hub.current.join(), parked.isStarted)
        }

        #expect(isDry)
        #expect(isParked)
    }

    @Test func `does not wait for a sleep that is not referenced`() throws {
        let isSleeping = try onHub {
            let sleeper = spawn { try sleep(.seconds(60), ref: false) }
            try Hub.current.join()
            return sleeper.isStarted
        }

        #expect(isSleeping)
    }

    @Test func `does not wait for a Timeout that is not referenced`() throws {
        let isPending = try onHub {
            let timeout = Timeout(.seconds(60), ref: false)
            let greenlet = spawn { _ = try timeout.guarding { try idleForEver() } }
            try Hub.current.join()
            return timeout.isPending && greenlet.isStarted
        }

        #expect(isPending)
    }

    @Test func `returns for the objects it is given while others still run`() throws {
        let isRunning = try onHub {
            let other = spawn { try sleep(.seconds(60)) }
            try wait([spawn { try sleep(.milliseconds(1)) }])
            return other.isStarted
        }

        #expect(isRunning)
    }

    @Test func `says by wait() too whether all is done in time`() throws {
        let outcome = try onHub {
            var log = [try wait()]
            let sleeper = spawn { try sleep(.milliseconds(1)) }
            log.append(try wait())
            log.append(sleeper.isReady)
            let other = spawn { try sleep(.seconds(60)) }
            log.append(try wait(timeout: .milliseconds(2)))
            try other.kill()
            return log + [try wait(timeout: .seconds(60))]
        }

        #expect(outcome == [true, true, true, false, true])
    }

    @Test func `traps in any other greenlet than the main one`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            try onHub {
                let greenlet = spawn { _ = try Hub.current.join() }
                try greenlet.join()
            }
        }

        #expect(result.errorText.contains("only the main greenlet waits for its hub"))
    }
}
