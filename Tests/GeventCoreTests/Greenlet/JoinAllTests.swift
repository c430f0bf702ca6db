// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct JoinAllTests {
    /// Greenlets that end in the order 2, 0, 1.
    static func three() -> [Greenlet<Int>] {
        [2, 3, 1].enumerated().map { place, delay in
            spawn {
                for _ in 0..<3 * delay { try sleep(.zero) }
                return place
            }
        }
    }

    @Test func `returns those that ended in the order they did`() throws {
        #expect(try onHub(.inOrder) { try joinAll(Self.three()).map(\.value) } == [2, 0, 1])
    }

    @Test(arguments: [(0, []), (1, [2]), (2, [2, 0]), (3, [2, 0, 1]), (9, [2, 0, 1])])
    func `waits for as many as it is told`(count: Int, expected: [Int]) throws {
        let values = try onHub(.inOrder) {
            let all = Self.three()
            let values = try joinAll(all, count: count).map(\.value)
            try killAll(all)
            return values
        }

        #expect(values == expected)
    }

    @Test func `gives a shorter list when its time is up`() throws {
        let values = try onHub {
            let all = [
                spawn { 1 },
                spawn { () -> Int in
                    try sleep(.seconds(60))
                    return 2
                },
            ]
            defer { kill(all[1]) }
            return try joinAll(all, timeout: .milliseconds(2)).map(\.value)
        }

        #expect(values == [1])
    }

    @Test func `throws the earliest error in time, and lets the others go on`() throws {
        let (text, value) = try onHub(.inOrder) {
            let first = spawn {
                for _ in 0..<6 { try sleep(.zero) }
                throw Mistake("first")
            }
            let second = spawn {
                for _ in 0..<3 { try sleep(.zero) }
                throw Mistake("second")
            }
            let third = spawn { for _ in 0..<9 { try sleep(.zero) } }
            let error = errorOf { try joinAll([first, second, third], raiseError: true) }
            let isRunning = third.isStarted
            try joinAll([first, third])
            _ = first.error
            return ("\(error ?? GreenletExit())", isRunning)
        }

        #expect(text == "second")
        #expect(value)
    }

    @Test func `throws nothing without being told to`() throws {
        let errors = try onHub(.inOrder) {
            let all = [spawn { throw Mistake("a") }, spawn {}]
            return try joinAll(all).map { $0.error != nil }
        }

        #expect(errors == [true, false])
    }

    @Test func `counts a greenlet that is listed twice once`() throws {
        let counts = try onHub {
            let one = spawn { try sleep(.milliseconds(1)) }
            let counted = try joinAll([one, one], count: 2).count
            return [counted, try joinAll([one, one]).count]
        }

        #expect(counts == [1, 1])
    }

    @Test func `takes greenlets of different types`() throws {
        let (texts, error) = try onHub(.inOrder) {
            let number = spawn { 1 }
            let text = spawn { "one" }
            let ended = try joinAll(number, text).map { $0 === number ? "number" : "text" }
            let error = errorOf { try joinAll(number, spawn { throw Mistake() }, raiseError: true) }
            return (ended, error is Mistake)
        }

        #expect(texts == ["number", "text"])
        #expect(error)
    }

    @Test func `returns at once when there are none`() throws {
        #expect(try onHub { try joinAll([AnyGreenlet]()).count } == 0)
    }

    @Test func `joins a greenlet that was killed before it ran`() throws {
        let count = try onHub {
            let dead = spawn {}
            kill(dead)
            return try joinAll([dead, spawn {}]).count
        }

        #expect(count == 2)
    }
}
