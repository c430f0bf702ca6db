// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct UncollectedTests {
    @Test func `reports an error that nobody collects once, with name and spawn site`() throws {
        let (reports, line, count) = try onHub {
            var reports: [Failure] = []
            Hub.current.errorHandler = { reports.append($0) }
            let line = #line + 2
            do {
                let greenlet = spawn { throw Mistake() }
                greenlet.name = "downloads"
                try greenlet.join()
            }
            try idle()
            return (reports, line, Hub.current.uncollectedFailures)
        }

        try #require(reports.count == 1)
        #expect(reports[0].context == "downloads")
        #expect(reports[0].spawnSite == "GeventCoreTests/UncollectedTests.swift:\(line)")
        #expect(reports[0].error is Mistake)
        #expect(
            "\(reports[0])".contains(
                "downloads, spawned at GeventCoreTests/UncollectedTests.swift:"))
        #expect(count == 1)
    }

    @Test func `reports nothing of one that was joined with its error, got, or asked for it`()
        throws
    {
        let reports = try onHub {
            var reports = 0
            Hub.current.errorHandler = { _ in reports += 1 }
            do {
                _ = errorOf { try spawn { throw Mistake() }.get() }
                _ = errorOf { try joinAll([spawn { throw Mistake() }], raiseError: true) }
                let asked = spawn { throw Mistake() }
                try asked.join()
                _ = asked.error
            }
            try idle()
            return reports
        }

        #expect(reports == 0)
    }

    @Test func `reports nothing of one that was killed`() throws {
        let reports = try onHub {
            var reports = 0
            Hub.current.errorHandler = { _ in reports += 1 }
            try spawn { try sleep(.seconds(60)) }.kill()
            try spawn { throw GreenletExit() }.join()
            try idle()
            return reports
        }

        #expect(reports == 0)
    }

    @Test func `goes on when the handler itself throws`() throws {
        let (calls, hasGoneOn) = try onHub {
            var calls = 0
            Hub.current.errorHandler = { _ in
                calls += 1
                throw Mistake("in the handler")
            }
            for _ in 0..<2 { spawn { throw Mistake() } }
            try idle()
            return (calls, try spawn { true }.get())
        }

        #expect(calls == 2)
        #expect(hasGoneOn)
    }

    @Test func `prints the error, and that of the handler, on standard error`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            try onHub {
                spawn { throw Mistake("printed once") }
                try idle()
                Hub.current.errorHandler = { _ in throw Mistake("in the handler") }
                spawn { throw Mistake("with the handler's") }
                try idle()
            }
        }

        let text = result.errorText
        #expect(text.split(separator: "printed once").count == 2)
        #expect(text.contains("spawned at GeventCoreTests/UncollectedTests.swift:"))
        #expect(text.contains("with the handler's"))
        #expect(text.contains("in the handler"))
    }

    @Test func `keeps the hub alive for the others`() throws {
        let ticks = try onHub {
            Hub.current.errorHandler = { _ in }
            var ticks = 0
            let ticker = spawn {
                while ticks < 5 {
                    try sleep(.milliseconds(1))
                    ticks += 1
                }
            }
            for _ in 0..<20 { spawn { throw Mistake() } }
            try ticker.join()
            return ticks
        }

        #expect(ticks == 5)
    }
}
