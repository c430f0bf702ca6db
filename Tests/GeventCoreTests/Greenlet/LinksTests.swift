// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

/// How a greenlet ends.
enum Ending: CaseIterable, Sendable {
    case value, error, killed

    func start() throws -> Greenlet<Void> {
        switch self {
        case .value: return spawn {}
        case .error: return spawn { throw Mistake() }
        case .killed:
            let greenlet = spawn { try sleep(.seconds(60)) }
            try sleep(.zero)
            return greenlet
        }
    }

    func finish(_ greenlet: Greenlet<Void>) throws {
        if self == .killed { try greenlet.kill() } else { try greenlet.join() }
    }
}

@Suite struct LinksTests {
    @Test(arguments: [1, 2, 3, 1000])
    func `calls the links in the order they were made`(count: Int) throws {
        let log = try onHub(.inOrder) {
            var log: [Int] = []
            let greenlet = spawn {}
            for number in 1..<count { greenlet.link { _ in log.append(number) } }
            try greenlet.join()
            try sleep(.zero)
            return log
        }

        #expect(log == Array(1..<count))
    }

    @Test(arguments: Ending.allCases)
    func `tells success from failure, a kill being a success`(_ ending: Ending) throws {
        let log = try onHub {
            var log: Set<String> = []
            let greenlet = try ending.start()
            greenlet.link { _ in log.insert("any") }
            greenlet.linkValue { _ in log.insert("value") }
            greenlet.linkError { _ in log.insert("error") }
            try ending.finish(greenlet)
            try idle()
            return log
        }

        #expect(log == ["any", ending == .error ? "error" : "value"])
    }

    @Test func `calls a link that comes after the end, but not in place`() throws {
        let log = try onHub(.inOrder) {
            var log: [String] = []
            let greenlet = spawn {}
            try greenlet.join()
            for number in 1...2 { greenlet.link { _ in log.append("link \(number)") } }
            log.append("linked")
            try idle()
            return log
        }

        #expect(log == ["linked", "link 1", "link 2"])
    }

    @Test func `runs links as greenlets, which may wait`() throws {
        let hasWaited = try onHub {
            var hasWaited = false
            let greenlet = spawn {}
            greenlet.link { _ in
                try sleep(.milliseconds(1))
                hasWaited = true
            }
            try Hub.current.join()
            return hasWaited
        }

        #expect(hasWaited)
    }

    @Test func `runs raw links in the hub, where nothing may wait`() throws {
        let isRefused = try onHub {
            var isRefused = false
            let greenlet = spawn {}
            greenlet.rawLink { _ in
                isRefused = errorOf { try sleep(.zero) } is BlockingSwitchOutError
            }
            try greenlet.join()
            try idle()
            return isRefused
        }

        #expect(isRefused)
    }

    @Test func `stops no other link when one throws, and reports each`() throws {
        let (calls, reports) = try onHub {
            var calls = 0
            var reports: [String] = []
            Hub.current.errorHandler = { reports.append("\($0.error)") }
            let greenlet = spawn {}
            for number in 1...2 {
                greenlet.link { _ in throw Mistake("link \(number)") }
                greenlet.rawLink { _ in throw Mistake("raw \(number)") }
                greenlet.link { _ in calls += 1 }
            }
            try greenlet.join()
            try idle()
            return (calls, reports)
        }

        #expect(calls == 2)
        #expect(reports.sorted() == ["link 1", "link 2", "raw 1", "raw 2"])
    }

    @Test func `calls no link that was taken back`() throws {
        let log = try onHub {
            var log: [Int] = []
            let greenlet = spawn {}
            let tokens = (0..<4).map { number in greenlet.rawLink { _ in log.append(number) } }
            greenlet.unlink(tokens[1])
            greenlet.unlink(tokens[1])
            greenlet.unlink(tokens[3])
            try greenlet.join()
            try idle()
            return log
        }

        #expect(log == [0, 2])
    }

    @Test func `knows whether there are links, and takes all back`() throws {
        let outcome = try onHub {
            let greenlet = spawn {}
            var states = [greenlet.hasLinks]
            for _ in 0..<3 {
                greenlet.link { _ in preconditionFailure("a link that was taken back") }
            }
            states.append(greenlet.hasLinks)
            greenlet.unlinkAll()
            states.append(greenlet.hasLinks)
            try greenlet.join()
            try idle()
            return states
        }

        #expect(outcome == [false, true, false])
    }

    @Test func `calls raw links before it resumes who joins`() throws {
        let log = try onHub(.inOrder) {
            var log: [String] = []
            let greenlet = spawn { try sleep(.milliseconds(1)) }
            let joiner = spawn {
                try greenlet.join()
                log.append("joiner")
            }
            greenlet.rawLink { _ in log.append("link") }
            try joiner.join()
            return log
        }

        #expect(log == ["link", "joiner"])
    }

    @Test func `counts an error as collected when a link gets the greenlet`() throws {
        let reports = try onHub {
            var reports = 0
            Hub.current.errorHandler = { _ in reports += 1 }
            spawn { throw Mistake() }.linkError { _ in }
            try idle()
            try idle()
            return reports
        }

        #expect(reports == 0)
    }
}
