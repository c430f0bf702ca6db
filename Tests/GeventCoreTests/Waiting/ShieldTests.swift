// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct ShieldTests {
    @Test func `lets clean-up wait in a shield`() throws {
        let log = try onHub(.inOrder) {
            var log: [String] = []
            let victim = spawn {
                defer {
                    try? shielded { try sleep(.milliseconds(1)) }
                    log.append("cleaned up")
                }
                try sleep(.seconds(60))
            }
            try sleep(.zero)
            try victim.kill()
            log.append(victim.isKilled ? "killed" : "not killed")
            return log
        }

        #expect(log == ["cleaned up", "killed"])
    }

    @Test(arguments: [true, false])
    func `strikes after the shield when the kill came inside of it`(isSticky: Bool) throws {
        let log = try onHub(.inOrder) {
            var log: [String] = []
            let victim = spawn {
                try shielded { try sleep(.milliseconds(2)) }
                log.append("left the shield")
                try sleep(.zero)
                log.append("went on")
            }
            try sleep(.zero)
            try victim.kill(throwing: isSticky ? GreenletExit() : Mistake() as any Error)
            return log
        }

        #expect(log == ["left the shield"])
    }

    @Test func `keeps shields within shields`() throws {
        let log = try onHub(.inOrder) {
            var log: [String] = []
            let victim = spawn {
                try shielded {
                    try shielded { try sleep(.milliseconds(1)) }
                    try sleep(.milliseconds(1))
                    log.append("outer")
                }
                try sleep(.zero)
                log.append("went on")
            }
            try sleep(.zero)
            try victim.kill()
            return log
        }

        #expect(log == ["outer"])
    }

    @Test func `lets a Timeout through a shield`() throws {
        let isTimeout = try onHub {
            try spawn {
                errorOf {
                    try shielded { try withTimeout(.milliseconds(1)) { try sleep(.seconds(60)) } }
                } is Timeout
            }.get()
        }

        #expect(isTimeout)
    }

    @Test func `ends no wait in a shield for a Timeout that was cancelled meanwhile`() throws {
        let outcome = try onHub {
            let gate = spawn { try sleep(.milliseconds(8)) }
            let limit = Timeout(.milliseconds(1))
            let waiter = spawn {
                shielded {
                    limit.start()
                    let hasEnded = try? gate.join()
                    return hasEnded == nil || gate.isReady
                }
            }
            try idle()
            kill(waiter)
            spend(.milliseconds(1))
            while !limit.hasExpired { try sleep(.zero) }
            limit.cancel()
            return try waiter.get()
        }

        #expect(outcome)
    }
}
