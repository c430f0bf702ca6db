// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct ForeignCodeTests {
    @Test func `answers by a number when a kill strikes, which the next wait throws`() throws {
        let outcome = try onHub {
            var answers: [Int] = []
            let victim = spawn {
                answers.append(ForeignCode.run { try park() })
                // Every further wait in C is over at once.
                answers.append(ForeignCode.run { try park() })
                answers.append(ForeignCode.run { try yieldOnce() })
                try sleep(.seconds(60))
                answers.append(0)
            }
            try idle()
            try victim.kill()
            return (answers, victim.isKilled)
        }

        #expect(outcome.0 == [-125, -125, -125])
        #expect(outcome.1)
    }

    @Test func `keeps an error of the caller's own for one wait in Swift`() throws {
        let outcome = try onHub {
            var seen: [String] = []
            let victim = spawn {
                _ = ForeignCode.run { try park() }
                do { try sleep(.zero) } catch is Mistake { seen.append("thrown") }
                try sleep(.zero)
                seen.append("went on")
            }
            try idle()
            try victim.kill(throwing: Mistake())
            return seen
        }

        #expect(outcome == ["thrown", "went on"])
    }

    @Test func `throws a timeout on leaving its block, if nobody waited after it`() throws {
        let isTimeout = try onHub {
            let error = errorOf {
                try withTimeout(.milliseconds(5)) { _ = ForeignCode.run { try park() } }
            }
            // Nothing of it is left.
            try sleep(.zero)
            return error is Timeout
        }

        #expect(isTimeout)
    }

    @Test func `throws the timeout in place of the error that C made of it`() throws {
        let isTimeout = try onHub {
            let error = errorOf {
                try withTimeout(.milliseconds(5)) {
                    if ForeignCode.run({ try park() }) < 0 { throw Mistake() }
                }
            }
            return error is Timeout
        }

        #expect(isTimeout)
    }

    @Test func `leaves an error alone that has nothing to do with the timeout`() throws {
        let isMistake = try onHub {
            let error = errorOf {
                try withTimeout(.milliseconds(5)) {
                    do { try sleep(.seconds(60)) } catch { throw Mistake() }
                }
            }
            return error is Mistake
        }

        #expect(isMistake)
    }

    @Test func `lets nothing strike a deaf wait, and everything after it`() throws {
        let outcome = try onHub {
            var wasWoken = false
            let victim = spawn {
                ForeignCode.runDeaf {
                    try sleep(.milliseconds(50))
                    wasWoken = true
                }
                try sleep(.seconds(60))
            }
            try idle()
            try victim.kill()
            return (wasWoken, victim.isKilled)
        }

        #expect(outcome == (true, true))
    }

    @Test func `answers by the number of a system error`() throws {
        let answer = try onHub {
            ForeignCode.run { throw SystemError(call: "epoll_ctl", code: 28) }
        }

        #expect(answer == -28)
    }
}

private func park() throws -> Int {
    try sleep(.seconds(60))
    return 0
}

private func yieldOnce() throws -> Int {
    try sleep(.zero)
    return 0
}
