// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTesting
import Glibc
import Testing

@Suite struct SeededOrderTests {
    /// The order in which ten greenlets take three turns each.
    private static func turns(_ order: TestHub.Order) throws -> [Int] {
        try TestHub(order: order).run {
            var turns: [Int] = []
            try joinAll(
                (0..<10).map { number in
                    spawn {
                        for _ in 0..<3 {
                            turns.append(number)
                            try sleep(.zero)
                        }
                    }
                })
            return turns
        }
    }

    @Test func `is the same for the same seed`() throws {
        #expect(try Self.turns(.seeded(7)) == Self.turns(.seeded(7)))
    }

    @Test func `is another one for another seed`() throws {
        let orders = try (0..<20).map { try Self.turns(.seeded(UInt64($0))) }

        #expect(Set(orders).count == 20)
    }

    @Test func `lets everybody have all turns`() throws {
        let turns = try Self.turns(.seeded(3))

        #expect(turns.sorted() == (0..<10).flatMap { [$0, $0, $0] })
    }

    @Test func `is first come, first served, without a seed`() throws {
        #expect(try Self.turns(.firstComeFirstServed) == (0..<3).flatMap { _ in Array(0..<10) })
    }

    @Test func `keeps the callbacks of a hub in order`() throws {
        let log = try TestHub(order: .seeded(11)).run {
            var log: [Int] = []
            for number in 0..<20 { Hub.current.runCallback { log.append(number) } }
            for _ in 0..<20 { spawn {} }
            try idle()
            return log
        }

        #expect(log == Array(0..<20))
    }

    @Test func `is that of the environment's seed`() async {
        await #expect(processExitsWith: .success) {
            unsafe setenv("GEVENT_SEED", "7", 1)
            guard try Self.turns(.standard) == Self.turns(.seeded(7)) else { exit(3) }
            unsafe setenv("GEVENT_SEED", "seven", 1)
            do { _ = try Self.turns(.standard) } catch let error as InvalidSeed {
                exit(error.text == "seven" ? 0 : 4)
            }
            exit(5)
        }
    }

    @Test func `finds an order in which a body fails, and repeats it`() throws {
        // The environment's seed would be the only one.
        if Environment.value("GEVENT_SEED") != nil { return }

        let failed = try #require(
            errorOf { try exploring(seeds: 0..<1000, Race.run) } as? SeedFailed)

        #expect(failed.error is Race.Lost)
        #expect(failed.description.contains("GEVENT_SEED=\(failed.seed)"))
        let switches = try #require(failed.switches)
        #expect(switches.contains { $0.origin == "begins" } && !switches[0].others.isEmpty)
        #expect(TestHub(order: .seeded(failed.seed)).error(Race.run) is Race.Lost)
    }

    @Test func `runs every seed of a body that holds`() throws {
        if Environment.value("GEVENT_SEED") != nil { return }

        let count = Guarded(0)

        try exploring(seeds: 0..<50) { count.withLock { $0 += 1 } }

        #expect(count.withLock { $0 } == 50)
    }
}

/// Two greenlets that each read, wait, and write back: one in five orders loses an update.
enum Race {
    struct Lost: Error {}

    @Sendable static func run() throws {
        var balance = 0
        let first = spawn {
            try sleep(.zero)
            let seen = balance
            if seen == 1 { try sleep(.zero) }
            balance = seen + 1
        }
        let second = spawn {
            let seen = balance
            try sleep(.zero)
            balance = seen + 1
        }
        try joinAll([first, second])
        if balance != 2 { throw Lost() }
    }
}

func errorOf(_ body: () throws -> Void) -> (any Error)? {
    do { try body() } catch { return error }
    return nil
}
