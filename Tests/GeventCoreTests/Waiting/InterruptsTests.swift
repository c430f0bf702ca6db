// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct InterruptsTests {
    @Test func `throws GreenletExit again at every wait until the body has returned`() throws {
        let (strikes, isKilled) = try onHub(.inOrder) {
            var strikes = 0
            let victim = spawn {
                for _ in 0..<5 {
                    do { try sleep(.seconds(60)) } catch is GreenletExit { strikes += 1 }
                }
                try sleep(.zero)
            }
            try sleep(.zero)
            try victim.kill()
            return (strikes, victim.isKilled)
        }

        #expect(strikes == 5)
        #expect(isKilled)
    }

    @Test func `gets GreenletExit past a question mark`() throws {
        let rounds = try onHub(.inOrder) {
            var rounds = 0
            let victim = spawn {
                try? sleep(.seconds(60))
                rounds += 1
                try sleep(.zero)
                rounds += 1
            }
            try sleep(.zero)
            try victim.kill()
            return rounds
        }

        #expect(rounds == 1)
    }

    @Test func `has the value of a body that ends in spite of GreenletExit`() throws {
        let (value, isKilled) = try onHub(.inOrder) {
            let victim = spawn {
                try? sleep(.seconds(60))
                return 7
            }
            try sleep(.zero)
            try victim.kill()
            return (try victim.get(), victim.isKilled)
        }

        #expect(value == 7)
        #expect(!isKilled)
    }

    @Test func `throws an error of the caller's own once`() throws {
        let hasSlept = try onHub(.inOrder) {
            let victim = spawn {
                do { try sleep(.seconds(60)) } catch is Mistake {}
                try sleep(.zero)
                return true
            }
            try sleep(.zero)
            try victim.kill(throwing: Mistake())
            return try victim.get()
        }

        #expect(hasSlept)
    }

    @Test func `strikes in the order of the kills`() throws {
        let log = try onHub(.inOrder) {
            var log: [String] = []
            let victim = spawn {
                for _ in 0..<2 {
                    do { try sleep(.seconds(60)) } catch { log.append("\(error)") }
                }
            }
            try sleep(.zero)
            kill(victim, throwing: Mistake("first"))
            kill(victim, throwing: Mistake("second"))
            try victim.join()
            return log
        }

        #expect(log == ["first", "second"])
    }
}
