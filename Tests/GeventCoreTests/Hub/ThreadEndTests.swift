// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSystem
import GeventTestSupport
import Glibc
import Testing

/// What becomes of a hub that nobody closes.
@Suite struct ThreadEndTests {
    @Test func `is closed when its thread ends, and its greenlets clean up`() throws {
        let log = Guarded<[String]>([])

        try Elsewhere {
            spawn {
                defer { log.withLock { $0.append("cleaned") } }
                log.withLock { $0.append("begun") }
                try sleep(.seconds(60))
            }
            try sleep()
        }.get()
        // The outcome is there a moment before the thread has ended.
        for _ in 0..<5_000 where log.withLock({ $0.count }) < 2 { blockThread(.milliseconds(1)) }

        #expect(log.withLock { $0 } == ["begun", "cleaned"])
    }

    @Test func `ends a remote that was left`() throws {
        let remote = try Elsewhere { Hub.current.remote }.get()

        for _ in 0..<5_000 where !remote.isClosed { blockThread(.milliseconds(1)) }

        #expect(throws: HubClosed.self) { try remote.submit {} }
    }

    @Test func `is left alone at the end of the process`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            for _ in 0..<3 {
                _ = try Elsewhere {
                    defer { StandardError.write("cleaned") }
                    try sleep(.seconds(60))
                }
            }
            try onHub {
                spawn {
                    defer { StandardError.write("cleaned") }
                    try sleep(.seconds(60))
                }
                try sleep(.milliseconds(2))
                exit(EXIT_SUCCESS)
            }
        }

        #expect(!result.errorText.contains("cleaned"))
    }

    @Test func `frees its record with its last greenlet, on whatever thread`() throws {
        let greenlets = try onHub {
            (0..<3).map { number in spawn { number } } + [Greenlet { 3 }]
        }

        try withoutHub {
            #expect(greenlets.map(\.isReady) == [true, true, true, false])
            #expect(greenlets[0].name.hasPrefix("Greenlet-"))
            #expect(throws: HubClosed.self) { try greenlets[3].join() }
            let isOver = try greenlets[3].kill(block: false)
            #expect(!isOver)
        }
    }

    @Test func `refuses to wait inside of a task`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            await Task.detached { _ = try? wait([NeverReady()]) }.value
        }

        #expect(result.errorText.contains("GeventAsync"))
    }
}

/// Something to wait for in vain.
private final class NeverReady: Waitable {
    var isReady: Bool { false }
    func linkReady(_ callback: @escaping () -> Void) -> LinkToken { LinkToken() }
    func linkAnywhere(_ callback: @escaping @Sendable () -> Void) -> LinkToken { LinkToken() }
    func unlink(_ token: LinkToken) {}
}
