// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct HubCallbacksTests {
    @Test func `are called once, in turn with the greenlets`() throws {
        let log = try onHub(.inOrder) {
            var log: [String] = []
            spawn { log.append("first") }
            Hub.current.runCallback { log.append("callback") }
            spawn { log.append("second") }
            try sleep(.zero)
            try Hub.current.join()
            return log
        }

        #expect(log == ["first", "callback", "second"])
    }

    @Test func `are called in the order they were given`() throws {
        let log = try onHub(.inOrder) {
            var log: [Int] = []
            for number in 0..<1000 { Hub.current.runCallback { log.append(number) } }
            try sleep(.zero)
            return log
        }

        #expect(log == Array(0..<1000))
    }

    @Test func `refuse every kind of wait`() throws {
        let errors = try onHub(.inOrder) {
            var errors: [String] = []
            let other = spawn { try sleep(.seconds(60)) }
            try sleep(.zero)
            Hub.current.runCallback {
                for attempt: () throws -> Void in [
                    { try sleep(.zero) }, { try sleep(.seconds(1)) }, { try idle() },
                    { try other.join() },
                    { try other.get() }, { try joinAll([other]) }, { try other.kill() },
                    { try wait([other]) },
                    { try withTimeout(.seconds(1)) {} },
                ] {
                    errors.append(errorOf(attempt).map { "\(type(of: $0))" } ?? "none")
                }
            }
            try sleep(.zero)
            return errors
        }

        #expect(errors == Array(repeating: "BlockingSwitchOutError", count: 9))
    }

    @Test func `may spawn, kill and look`() throws {
        let outcome = try onHub(.inOrder) {
            let victim = spawn { try sleep(.seconds(60)) }
            try sleep(.zero)
            var child: Greenlet<Int>?
            Hub.current.runCallback {
                kill(victim)
                child = spawn { victim.isStarted ? 1 : 2 }
            }
            try sleep(.zero)
            try victim.join()
            return try child?.get()
        }

        #expect(outcome == 2)
    }

    @Test func `report what they throw, and stop nothing`() throws {
        let (reports, isNextCalled) = try onHub(.inOrder) {
            var reports: [String] = []
            var isNextCalled = false
            Hub.current.errorHandler = { reports.append("\($0)") }
            Hub.current.runCallback { throw Mistake("oops") }
            Hub.current.runCallback { isNextCalled = true }
            try sleep(.zero)
            return (reports, isNextCalled)
        }

        #expect(reports == ["a callback of the hub failed with Mistake: oops"])
        #expect(isNextCalled)
    }

    @Test func `are freed after the call`() throws {
        let hasGone = try onHub(.inOrder) {
            var hasGone = false
            do {
                let tracer = Witness { hasGone = true }
                Hub.current.runCallback { withExtendedLifetime(tracer) {} }
            }
            try sleep(.zero)
            return hasGone
        }

        #expect(hasGone)
    }
}
