// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Synchronization
import Testing

@Suite struct CachingResolverTests {
    /// A clock that stands until it is told.
    final class Clock: Sendable {
        let now = Atomic<UInt64>(1_000_000_000)

        func advance(by seconds: UInt64) { now.add(seconds * 1_000_000_000, ordering: .relaxed) }
    }

    private static func cache(
        of resolver: any Resolver, _ clock: Clock = Clock(), capacity: Int = 4
    ) -> CachingResolver {
        CachingResolver(wrapping: resolver, timeToLive: .seconds(10), capacity: capacity) {
            clock.now.load(ordering: .relaxed)
        }
    }

    private static func ask(_ resolver: any Resolver, _ host: String, port: UInt16 = 1) throws
        -> [SocketAddress]
    {
        try resolver.addresses(of: host, port: port, family: nil)
    }

    @Test func `remembers until the time is over`() throws {
        let clock = Clock()
        let fake = StubResolver { _ in [.loopback(port: 0)] }
        let cache = Self.cache(of: fake, clock)

        #expect(try Self.ask(cache, "a.test", port: 1) == [.loopback(port: 1)])
        #expect(try Self.ask(cache, "A.test", port: 2) == [.loopback(port: 2)])
        clock.advance(by: 9)
        #expect(try Self.ask(cache, "a.test").count == 1)
        #expect(fake.questions == 1)
        clock.advance(by: 1)
        #expect(try Self.ask(cache, "a.test").count == 1)
        #expect(fake.questions == 2)
    }

    @Test func `tells questions apart`() throws {
        let fake = StubResolver { _ in [.loopback(port: 0)] }
        let cache = Self.cache(of: fake)

        for _ in 0..<2 {
            _ = try cache.addresses(of: "a.test", port: 0, family: nil)
            _ = try cache.addresses(of: "a.test", port: 0, family: .ipv4)
            _ = try cache.name(of: .loopback(port: 1))
            _ = try cache.name(of: .loopback(port: 2))
        }

        #expect(fake.questions == 3)
        #expect(cache.count == 3)
    }

    @Test func `does not remember errors`() throws {
        let fake = StubResolver { throw LookupError(subject: $0, code: -2) }
        let cache = Self.cache(of: fake)

        for _ in 0..<2 { #expect(throws: LookupError.self) { try Self.ask(cache, "a.test") } }

        #expect(fake.questions == 2)
        #expect(cache.count == 0)
    }

    @Test func `forgets what was not asked for the longest`() throws {
        let fake = StubResolver { _ in [.loopback(port: 0)] }
        let cache = Self.cache(of: fake, capacity: 2)

        for host in ["a", "b", "a", "c", "a", "b"] { _ = try Self.ask(cache, host) }

        #expect(fake.questions == 4)
        #expect(cache.count == 2)
        cache.removeAll()
        _ = try Self.ask(cache, "a")
        #expect(fake.questions == 5)
    }

    @Test func `shares one look-up among all that ask meanwhile`() throws {
        let outcome = try onHub {
            let fake = StubResolver { _ in
                try sleep(.milliseconds(1))
                return [.loopback(port: 0)]
            }
            let cache = Self.cache(of: fake)
            let lookups = (0..<20).map { _ in spawn { try Self.ask(cache, "a.test") } }
            try joinAll(lookups)
            return (fake.questions, lookups.filter(\.isSuccessful).count)
        }

        #expect(outcome.0 == 1)
        #expect(outcome.1 == 20)
    }

    @Test func `shares an error too`() throws {
        let outcome = try onHub {
            let fake = StubResolver {
                try sleep(.milliseconds(1))
                throw LookupError(subject: $0, code: -2)
            }
            let cache = Self.cache(of: fake)
            let lookups = (0..<5).map { _ in spawn { try Self.ask(cache, "a.test") } }
            for lookup in lookups { try lookup.join() }
            return (fake.questions, lookups.filter { $0.error is LookupError }.count)
        }

        #expect(outcome.0 == 1)
        #expect(outcome.1 == 5)
    }

    @Test func `has another one ask when the first is killed`() throws {
        let outcome = try onHub(.inOrder) {
            let fake = StubResolver { _ in
                try sleep(.milliseconds(5))
                return [.loopback(port: 0)]
            }
            let cache = Self.cache(of: fake)
            let first = spawn { try Self.ask(cache, "a.test") }
            let others = (0..<3).map { _ in spawn { try Self.ask(cache, "a.test") } }
            try untilParked(others[2], in: "a look-up of another")
            try first.kill()
            try joinAll(others)
            return (first.isKilled, fake.questions, others.filter(\.isSuccessful).count)
        }

        #expect(outcome.0)
        #expect(outcome.1 == 2)
        #expect(outcome.2 == 3)
    }

    @Test func `shares between hubs, and with a thread that has none`() throws {
        let gate = NativeSignal()
        let fake = StubResolver { _ in
            gate.wait()
            return [.loopback(port: 0)]
        }
        let cache = Self.cache(of: fake)
        let askers = [
            try Elsewhere { try Self.ask(cache, "a.test") },
            try Elsewhere { try onHub { try Self.ask(cache, "a.test") } },
            try Elsewhere { try Self.ask(cache, "a.test") },
        ]
        gate.raise()

        for asker in askers { #expect(try asker.get() == [.loopback(port: 1)]) }
        #expect(fake.questions == 1)
    }

    @Test func `passes on what it does not remember`() throws {
        let cache = Self.cache(of: ThreadResolver())

        #expect(try cache.port(of: "https", over: .tcp) == 443)
        #expect(throws: ResolverCannot.self) { try cache.records(of: "a.test", kind: .mx) }
        #expect(cache.count == 0)
    }
}
