// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTesting
import Testing

@Suite struct TestHubTests {
    @Test func `gives what the body gives, and throws what it throws`() throws {
        struct Broken: Error {}

        #expect(try TestHub().run { 7 } == 7)
        #expect(TestHub().error { throw Broken() } is Broken)
    }

    @Test func `kills who is left when the body has ended`() throws {
        let isOver = Guarded(false)

        try TestHub().run {
            spawn {
                defer { isOver.withLock { $0 = true } }
                try Event().wait()
            }
            try waitUntilAllParked()
        }

        #expect(isOver.withLock { $0 })
    }

    @Test func `ends a test that takes too long, and says who waits for what`() throws {
        let error = TestHub(clock: .real, limit: .milliseconds(20)).error {
            let stuck = spawn { try Event().wait() }
            stuck.name = "stuck"
            Hub.current.keepAlive()
            try stuck.join()
        }

        let end = try #require(error as? TestTookTooLong)
        #expect(end.limit == .milliseconds(20))
        #expect(end.description.contains("the main greenlet waits in Greenlet.join of stuck"))
        #expect(end.description.contains("stuck waits in Event.wait"))
    }

    @Test func `has a hub of its own for each test`() throws {
        let numbers = try (0..<3).map { _ in
            try TestHub().run { Hub.current.greenletCount == 0 ? HubNumber.here : 0 }
        }

        #expect(Set(numbers).count == 3)
    }
}
