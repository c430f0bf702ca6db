// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct JoinTests {
    @Test func `does not throw the error of the greenlet`() throws {
        let hasEnded = try onHub {
            let greenlet = spawn { throw Mistake() }
            defer { _ = greenlet.error }
            return try greenlet.join()
        }

        #expect(hasEnded)
    }

    @Test func `returns at once, without a turn of the hub, after the end`() throws {
        let log = try onHub {
            var log: [String] = []
            let greenlet = spawn {}
            try greenlet.join()
            let other = spawn { log.append("other") }
            try greenlet.join()
            try greenlet.join(timeout: .zero)
            log.append("joined")
            try other.join()
            return log
        }

        #expect(log == ["joined", "other"])
    }

    @Test func `resumes all who wait`() throws {
        let values = try onHub {
            let greenlet = spawn {
                try sleep(.milliseconds(1))
                return 7
            }
            return try (0..<10).map { _ in spawn { try greenlet.get() } }.map { try $0.get() }
        }

        #expect(values == Array(repeating: 7, count: 10))
    }

    @Test func `gets the very error that ended the greenlet, each time`() throws {
        let areSame = try onHub {
            let mistake = Mistake()
            let greenlet = spawn { throw mistake }
            return (0..<2).map { _ in errorOf { try greenlet.get() } as? Mistake === mistake }
        }

        #expect(areSame == [true, true])
    }

    @Test func `throws a Timeout at once when told not to block`() throws {
        let (isTimeout, value) = try onHub {
            let greenlet = spawn { 7 }
            let isTimeout = errorOf { _ = try greenlet.get(block: false) } is Timeout
            try greenlet.join()
            return (isTimeout, try greenlet.get(block: false))
        }

        #expect(isTimeout)
        #expect(value == 7)
    }

    @Test func `returns nothing, an optional or a large value as it is`() throws {
        let outcome = try onHub {
            let nothing: Int? = try spawn { Int?.none }.get()
            let optional = try spawn { Optional(String(repeating: "x", count: 100)) }.get()
            let large = try spawn { (1, 2, 3, "four", [5.0]) }.get()
            try spawn {}.get()
            return nothing == nil && optional?.count == 100 && large == (1, 2, 3, "four", [5.0])
        }

        #expect(outcome)
    }

    @Test func `traps when a greenlet waits for its own end`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            try onHub {
                let greenlet = spawn { _ = try AnyGreenlet.current.join() }
                try greenlet.join()
            }
        }

        #expect(result.errorText.contains("waits for its own end"))
    }

    @Test func `finds out when two wait for each other`() throws {
        let text = try onHub {
            var second: Greenlet<Void>?
            let first = spawn { _ = try second?.join() }
            second = spawn { _ = try first.join() }
            first.name = "A"
            second?.name = "B"
            defer { second = nil }
            do { try first.join() } catch let error as LoopExit { return "\(error)" }
            return ""
        }

        #expect(text.contains("A waits in Greenlet.join of B"))
        #expect(text.contains("B waits in Greenlet.join of A"))
    }
}
