// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct KillAllTests {
    @Test func `kills all before it waits for any`() throws {
        let log = try onHub(.inOrder) {
            var log: [Int] = []
            let victims = (0..<3).map { number in
                spawn {
                    defer { log.append(number) }
                    try sleep(.seconds(60))
                }
            }
            try sleep(.zero)
            try killAll(victims)
            return log
        }

        #expect(log == [0, 1, 2])
    }

    @Test func `throws a Timeout when one does not end in time`() throws {
        let (isTimeout, hasEnded) = try onHub(.inOrder) {
            var isPatient = true
            let stubborn = spawn {
                while isPatient { try? shielded { try sleep(.milliseconds(1)) } }
            }
            let willing = spawn { try sleep(.seconds(60)) }
            try sleep(.zero)
            let error = errorOf { try killAll([stubborn, willing], timeout: .milliseconds(3)) }
            isPatient = false
            try stubborn.join()
            return ((error as? Timeout)?.duration == .milliseconds(3), willing.isKilled)
        }

        #expect(isTimeout)
        #expect(hasEnded)
    }

    @Test func `returns at once when there are none`() throws {
        try onHub { try killAll([AnyGreenlet](), timeout: .zero) }
    }

    @Test func `spares the greenlet that calls it`() throws {
        let (isAlive, isKilled) = try onHub {
            let other = spawn { try sleep(.seconds(60)) }
            let caller = spawn {
                try killAll([other, AnyGreenlet.current])
                try sleep(.zero)
                return true
            }
            return (try caller.get(), other.isKilled)
        }

        #expect(isAlive)
        #expect(isKilled)
    }

    @Test func `takes greenlets of all stages together`() throws {
        let ends = try onHub {
            let victims = try Stage.allCases.map { try $0.make { try sleep(.seconds(60)) } }
            try killAll(victims)
            return victims.map(\.isKilled)
        }

        #expect(ends == [true, true, true, true])
    }
}
