// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct WithTimeoutTests {
    @Test func `returns what the body returns in time`() throws {
        let value = try onHub {
            try withTimeout(.seconds(60)) {
                try sleep(.milliseconds(1))
                return 7
            }
        }

        #expect(value == 7)
    }

    @Test func `throws when the time is up`() throws {
        #expect(throws: Timeout.self) {
            try onHub { try withTimeout(.milliseconds(1)) { try sleep(.seconds(60)) } }
        }
    }

    @Test func `throws the caller's own error when the time is up`() throws {
        #expect(throws: Mistake.self) {
            try onHub {
                try withTimeout(.milliseconds(1), throwing: Mistake()) { try sleep(.seconds(60)) }
            }
        }
    }

    @Test func `returns the fallback when the time is up, without an error`() throws {
        let value = try onHub {
            try withTimeout(.milliseconds(1), default: 3) {
                try sleep(.seconds(60))
                return 7
            }
        }

        #expect(value == 3)
    }

    @Test func `passes on what the body throws`() throws {
        #expect(throws: Mistake.self) {
            try onHub { try withTimeout(.seconds(60), default: ()) { throw Mistake() } }
        }
    }

    @Test func `lets the outer one through inner ones, whatever they fall back to`() throws {
        let (isOuter, isInnerPending) = try onHub {
            let outer = Timeout(.milliseconds(1))
            let inner = Timeout(.seconds(60))
            let error = errorOf {
                try outer.guarding {
                    try withTimeout(.seconds(60), default: ()) {
                        try inner.guarding { try sleep(.seconds(60)) }
                    }
                }
            }
            return (error as? Timeout === outer, inner.isPending)
        }

        #expect(isOuter)
        #expect(!isInnerPending)
    }

    @Test func `ends the outer block where it strikes, whatever inner ones fall back to`() throws {
        let (error, wentOn) = try onHub {
            var wentOn = false
            let error = errorOf {
                try withTimeout(.milliseconds(1)) {
                    try withTimeout(.seconds(60), default: ()) { try sleep(.seconds(60)) }
                    wentOn = true
                }
            }
            return (error, wentOn)
        }

        #expect(error is Timeout)
        #expect(!wentOn)
    }

    @Test func `leaves the outer one pending when the inner one strikes`() throws {
        let (isInner, isPending) = try onHub {
            let outer = Timeout(.seconds(60))
            let inner = Timeout(.milliseconds(1))
            return try outer.guarding {
                (
                    errorOf { try inner.guarding { try sleep(.seconds(60)) } } as? Timeout
                        === inner, outer.isPending
                )
            }
        }

        #expect(isInner)
        #expect(isPending)
    }

    @Test func `strikes with both, one after the other, when both run out at once`() throws {
        let (first, second, last) = try onHub {
            let outer = Timeout(.milliseconds(2))
            let inner = Timeout(.milliseconds(1))
            var first: (any Error)?
            var second: (any Error)?
            let last = errorOf {
                try outer.guarding {
                    first = errorOf {
                        try inner.guarding {
                            // By now the hub finds both of them due in one look.
                            spend(.milliseconds(4))
                            try sleep(.seconds(60))
                        }
                    }
                    second = errorOf { try sleep(.seconds(60)) }
                }
            }
            return (
                first as? Timeout === inner, second as? Timeout === outer,
                last as? Timeout === outer
            )
        }

        #expect(first)
        #expect(second)
        #expect(last)
    }

    @Test func `strikes with the outer one only when both run out at once, the outer one first`()
        throws
    {
        let (isOuter, isLeftAlone) = try onHub {
            let outer = Timeout(.milliseconds(1))
            let inner = Timeout(.milliseconds(2))
            let error = errorOf {
                try outer.guarding {
                    try inner.guarding {
                        spend(.milliseconds(4))
                        try sleep(.seconds(60))
                    }
                }
            }
            try sleep(.milliseconds(1))
            return (error as? Timeout === outer, !inner.isPending)
        }

        #expect(isOuter)
        #expect(isLeftAlone)
    }

    @Test func `does not strike once it was cancelled inside of its block`() throws {
        let (value, isPending, hasExpired) = try onHub {
            let timeout = Timeout(.milliseconds(1))
            let value = try timeout.guarding {
                timeout.cancel()
                try sleep(.milliseconds(3))
                return 7
            }
            return (value, timeout.isPending, timeout.hasExpired)
        }

        #expect(value == 7)
        #expect(!isPending)
        #expect(!hasExpired)
    }

    @Test func `throws on leaving even where the body swallowed it`() throws {
        #expect(throws: Timeout.self) {
            try onHub { try withTimeout(.milliseconds(1)) { try? sleep(.seconds(60)) } }
        }
    }

    @Test func `falls back even where the body swallowed it`() throws {
        let value = try onHub {
            try withTimeout(.milliseconds(1), default: 3) {
                try? sleep(.seconds(60))
                return 7
            }
        }

        #expect(value == 3)
    }

    @Test func `keeps the result when it comes in the tick in which the time runs out`() throws {
        let value = try onHub {
            try withTimeout(.milliseconds(1)) {
                spend(.milliseconds(2))
                return 7
            }
        }

        #expect(value == 7)
    }

    @Test func `gives one outcome when result and time-out meet, and loses neither`() throws {
        let outcomes = try onHub {
            try (0..<20).map { round in
                let answer = spawn {
                    try sleep(.milliseconds(1))
                    return round
                }
                let timeout = Timeout(.milliseconds(1))
                do { return try timeout.guarding { try answer.get() } == round } catch let error
                    as Timeout
                {
                    return try error === timeout && answer.get() == round
                }
            }
        }

        #expect(outcomes == Array(repeating: true, count: 20))
    }

    @Test func `does not stop what never waits`() throws {
        let value = try onHub {
            try withTimeout(.zero) {
                spend(.milliseconds(1))
                return 7
            }
        }

        #expect(value == 7)
    }

    @Test func `is no limit when there is none`() throws {
        let value = try onHub {
            try withTimeout(nil) {
                try sleep(.milliseconds(1))
                return 7
            }
        }

        #expect(value == 7)
    }
}
