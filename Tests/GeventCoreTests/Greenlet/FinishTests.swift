// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct FinishTests {
    @Test func `goes on when its object is let go of`() throws {
        let hasEnded = try onHub {
            var hasEnded = false
            spawn {
                try sleep(.milliseconds(1))
                hasEnded = true
            }
            for _ in 0..<5_000 where !hasEnded { try sleep(.milliseconds(1)) }
            return hasEnded
        }

        #expect(hasEnded)
    }

    @Test func `frees the object at the end when nobody refers to it`() throws {
        let outcome = try onHub(.inOrder) {
            weak var greenlet: AnyGreenlet?
            do { greenlet = spawn { try sleep(.zero) } }
            try sleep(.zero)
            let isAlive = greenlet != nil
            try sleep(.zero)
            return [isAlive, greenlet == nil]
        }

        #expect(outcome == [true, true])
    }

    @Test func `frees an object that was never started`() throws {
        let hasGone = try onHub {
            weak var greenlet: AnyGreenlet?
            do {
                let made = Greenlet {}
                greenlet = made
            }
            return greenlet == nil
        }

        #expect(hasGone)
    }

    @Test func `frees the body at the end, and the value with the object`() throws {
        let log = try onHub {
            var log: [String] = []
            var greenlet: Greenlet<Witness>?
            do {
                let body = Witness { log.append("body") }
                greenlet = spawn { withExtendedLifetime(body) { Witness { log.append("value") } } }
            }
            try greenlet?.join()
            log.append("ended")
            greenlet = nil
            return log
        }

        #expect(log == ["body", "ended", "value"])
    }

    @Test func `frees a greenlet whose body refers to it`() throws {
        let hasGone = try onHub {
            weak var observer: AnyGreenlet?
            do {
                var greenlet: Greenlet<Void>?
                greenlet = Greenlet { _ = greenlet?.name }
                observer = greenlet
                greenlet?.start()
                try greenlet?.join()
            }
            return observer == nil
        }

        #expect(hasGone)
    }

    @Test(arguments: Stage.allCases)
    func `frees a greenlet that was killed, with its links`(_ stage: Stage) throws {
        let outcome = try onHub {
            var hasGone = false
            weak var observer: AnyGreenlet?
            do {
                let tracer = Witness { hasGone = true }
                let victim = try stage.make { try sleep(.seconds(60)) }
                observer = victim
                victim.link { _ in withExtendedLifetime(tracer) {} }
                victim.rawLink { _ in withExtendedLifetime(tracer) {} }
                try victim.kill()
            }
            try sleep(.milliseconds(2))
            return [observer == nil, hasGone]
        }

        #expect(outcome == [true, true])
    }

    @Test func `runs the code behind a defer on the greenlet itself`() throws {
        let name = try onHub(.inOrder) {
            var name = ""
            let greenlet = spawn {
                defer { name = AnyGreenlet.current.name }
                try sleep(.seconds(60))
            }
            greenlet.name = "victim"
            try sleep(.zero)
            try greenlet.kill()
            return name
        }

        #expect(name == "victim")
    }
}
