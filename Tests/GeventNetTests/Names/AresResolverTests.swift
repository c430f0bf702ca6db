// SPDX-License-Identifier: Apache-2.0
#if CAres
import Foundation
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import GeventTesting
import Testing

@Suite struct AresResolverTests {
    @Test func `reads the records of a name`() throws {
        let outcome = try onHub {
            let server = try ForgedServer { query in
                let answers: [[UInt8]] =
                    switch query.type {
                    case 15:
                        [
                            Forged.record(type: 15, [0, 20] + Forged.name("b.test")),
                            Forged.record(type: 15, [0, 10] + Forged.name("a.test")),
                        ]
                    case 16:
                        [
                            Forged.record(type: 16, [2, 0x61, 0x62, 1, 0xFF]),
                            Forged.record(type: 16, [0]),
                        ]
                    default:
                        [
                            Forged.record(type: 33, [0, 1, 0, 2, 0, 80] + Forged.name("w.test")),
                            Forged.record(type: 33, [0, 1, 0, 9, 0, 81] + Forged.name("v.test")),
                            Forged.record(type: 33, [0, 0, 0, 0, 0, 82, 0]),
                        ]
                    }
                return [ForgedMessage(to: query, answers).bytes]
            }
            defer { server.close() }
            return try Resolvers.with(AresResolver(.asking(server))) {
                (
                    try lookupMX("test"), try lookupTXT("test"),
                    try lookupSRV("_http._tcp.test")
                )
            }
        }

        #expect(
            outcome.0 == [
                MXRecord(host: "a.test", preference: 10), MXRecord(host: "b.test", preference: 20),
            ])
        #expect(outcome.1.map(\.pieces) == [[[0x61, 0x62], [0xFF]], [[]]])
        #expect(
            outcome.2 == [
                SRVRecord(host: ".", port: 82, priority: 0, weight: 0),
                SRVRecord(host: "v.test", port: 81, priority: 1, weight: 9),
                SRVRecord(host: "w.test", port: 80, priority: 1, weight: 2),
            ])
    }

    @Test func `finds the name of an address`() throws {
        let names = try onHub {
            let server = try ForgedServer { query in
                [ForgedMessage(to: query, [Forged.pointer(to: Forged.name("a.test"))]).bytes]
            }
            defer { server.close() }
            let resolver = try AresResolver(.asking(server))
            let small = try resolver.name(of: SocketAddress("192.0.2.7", port: 0) ?? .any(port: 0))
            let large = try resolver.name(
                of: SocketAddress("2001:db8::1", port: 0) ?? .any(port: 0))
            return [small, large] + server.queries.map(\.name)
        }

        #expect(names.prefix(3) == ["a.test", "a.test", "7.2.0.192.in-addr.arpa"])
        #expect(names.last?.hasSuffix("8.b.d.0.1.0.0.2.ip6.arpa") == true)
    }

    @Test func `asks for a family alone, or for both`() throws {
        let outcome = try onHub {
            let server = try ForgedServer { query in
                let large = Forged.record(type: 28, [0x20, 1] + [UInt8](repeating: 1, count: 14))
                let answers = query.isIPv4 ? [Forged.address(1), Forged.address(1)] : [large]
                return [ForgedMessage(to: query, answers).bytes]
            }
            defer { server.close() }
            let resolver = try AresResolver(.asking(server))
            return try [nil, SocketAddress.Family.ipv4, .ipv6].map { family in
                try resolver.addresses(of: "a.test", port: 9, family: family)
            }
        }

        #expect(outcome[0].count == 2)
        #expect(outcome[1].map(\.description) == ["192.0.2.1:9"])
        #expect(outcome[2].map(\.description) == ["[2001:101:101:101:101:101:101:101]:9"])
    }

    @Test func `leaves out addresses of a family that was not asked for`() throws {
        let outcome = try onHub {
            let large = Forged.record(type: 28, [0x20, 1] + [UInt8](repeating: 1, count: 14))
            let server = try ForgedServer { query in
                let answers = query.name == "a.test" ? [large, Forged.address(1)] : [large]
                return [ForgedMessage(to: query, answers).bytes]
            }
            defer { server.close() }
            let resolver = try AresResolver(.asking(server))
            let addresses = try resolver.addresses(of: "a.test", port: 9, family: .ipv4)
            let error = errorOf { _ = try resolver.addresses(of: "b.test", port: 9, family: .ipv4) }
            return (addresses.map(\.description), (error as? LookupError)?.reason)
        }

        #expect(outcome.0 == ["192.0.2.1:9"])
        #expect(outcome.1 == .noData)
    }

    @Test(.tags(.slow)) func `answers thousands at once over few sockets`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            let error = errorOf { try onHub(.realTime) { try askThousands() } }
            if let error { StandardError.write("\(error)\n") }
        }

        #expect(result.errorText == "")
    }

    // In a process of its own, where nobody else opens anything.
    @Test func `holds neither sockets nor greenlets between questions`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            let error = errorOf {
                try onHub {
                    let server = try ForgedServer()
                    defer { server.close() }
                    try sleep(.zero)
                    let before = (try openDescriptors(), Hub.current.greenletCount)
                    let resolver = try AresResolver(.asking(server))
                    _ = try resolver.addresses(of: "a.test", port: 0, family: nil)
                    while Hub.current.greenletCount > before.1 { try sleep(.zero) }
                    let after = try openDescriptors()
                    try expect(after == before.0, "\(before.0) descriptors, then \(after)")
                }
            }
            if let error { StandardError.write("\(error)\n") }
        }

        #expect(result.errorText == "")
    }

    @Test func `lets those go that wait when it is closed, and can be used again`() throws {
        let outcome = try onHub {
            var isSilent = true
            let server = try ForgedServer { isSilent ? [] : Forged.honest($0) }
            defer { server.close() }
            var options = AresResolver.Options.asking(server)
            options.limit = 1
            let resolver = try AresResolver(options)
            let first = spawn { try resolver.addresses(of: "a.test", port: 0, family: .ipv4) }
            try untilParked(first, in: "a look-up")
            while server.queries.isEmpty { try sleep(.zero) }
            resolver.close()
            try first.join()
            isSilent = false
            let next = try resolver.addresses(of: "b.test", port: 0, family: .ipv4)
            return ((first.error as? LookupError)?.reason, next.map(\.host))
        }

        #expect(outcome.0 == .cancelled)
        #expect(outcome.1 == ["192.0.2.1"])
    }

    @Test func `gives the place of one that was killed in line to the next`() throws {
        let outcome = try onHub {
            var isSilent = true
            let server = try ForgedServer { isSilent ? [] : Forged.honest($0) }
            defer { server.close() }
            var options = AresResolver.Options.asking(server)
            options.limit = 1
            options.timeout = .milliseconds(20)
            options.tries = 5
            let resolver = try AresResolver(options)
            let lookups = (0..<3).map { index in
                spawn { try resolver.addresses(of: "a\(index).test", port: 0, family: .ipv4) }
            }
            while server.queries.isEmpty { try sleep(.milliseconds(1)) }
            try killAll(lookups.prefix(2).map { $0 as AnyGreenlet })
            isSilent = false
            let last = try lookups[2].get()
            return (last.map(\.host), Set(server.queries.map(\.name)))
        }

        #expect(outcome.0 == ["192.0.2.1"])
        #expect(outcome.1 == ["a0.test", "a2.test"])
    }

    @Test func `ends with its hub while questions are open`() throws {
        let resolver = try onHub {
            let server = try ForgedServer { _ in [] }
            let resolver = try AresResolver(.asking(server))
            let lookup = spawn { try resolver.addresses(of: "a.test", port: 0, family: nil) }
            try untilParked(lookup, in: "a look-up")
            while server.queries.isEmpty { try sleep(.zero) }
            return resolver
        }
        let found = try onHub { try resolver.addresses(of: "localhost", port: 7, family: .ipv4) }

        #expect(found == [.loopback(port: 7)])
    }

    @Test func `goes when nobody has it any more, and takes its driver along`() throws {
        try onHub {
            let server = try ForgedServer { _ in [] }
            defer { server.close() }
            let others = Scheduler.current.belongings.count
            var resolver: AresResolver? = try AresResolver(.asking(server))
            let lookup = spawn { [resolver] in
                try resolver?.addresses(of: "a.test", port: 0, family: nil)
            }
            while server.queries.isEmpty { try sleep(.zero) }
            let during = Scheduler.current.belongings.count
            try lookup.kill()
            resolver = nil
            try sleep(.zero)
            let after = Scheduler.current.belongings.count

            try expect(during == others + 1 && after == others, "\(others) \(during) \(after)")
        }
    }

    @Test func `asks from a thread without a hub`() throws {
        let found = try onHub {
            let server = try ForgedServer()
            defer { server.close() }
            let resolver = try AresResolver(.asking(server))
            let asker = try Elsewhere {
                try resolver.addresses(of: "a.test", port: 7, family: .ipv4).map(\.host)
            }
            while server.queries.isEmpty { try sleep(.milliseconds(1)) }
            try sleep(.milliseconds(1))
            return try asker.get()
        }

        #expect(found == ["192.0.2.1"])
    }

    @Test(arguments: WaitContract.Clause.allCases)
    func `keeps the contract of all waits`(clause: WaitContract.Clause) throws {
        let contract = WaitContract("ares", throwing: { $0 is Late }, waitsForEver: false) {
            let server = try ForgedServer { _ in [] }
            let resolver = try AresResolver(.asking(server))
            // A question outlives whoever gives it up. So one is open all the time, and with it the
            // socket and the timer that they share.
            let other = spawn { try resolver.addresses(of: "b.test", port: 0, family: .ipv4) }
            while server.queries.isEmpty { try sleep(.zero) }
            return WaitContract.Attempt(
                waiterCount: { Scheduler.current.outsideWaits },
                finish: {
                    kill(other)
                    server.close()
                }
            ) { limit in
                func ask() throws -> Bool {
                    try !resolver.addresses(of: "a.test", port: 0, family: .ipv4).isEmpty
                }
                guard !Hub.current.isInCallback else { return try ask() }
                return try withTimeout(limit, throwing: Late()) { try ask() }
            }
        }

        try contract.check(clause)
    }
}

private func askThousands() throws {
    let server = try ForgedServer()
    defer { server.close() }
    var options = AresResolver.Options.asking(server)
    options.timeout = .seconds(2)
    let resolver = try AresResolver(options)
    let before = try openDescriptors()
    var most = 0
    server.beforeAnswer = { _, _ in
        if server.queries.count % 50 == 0 { most = max(most, try openDescriptors()) }
    }
    var turns = 0
    let other = spawn {
        while true {
            turns += 1
            try sleep(.milliseconds(1))
        }
    }
    let lookups = (0..<2000).map { index in
        spawn { try resolver.addresses(of: "host\(index).test", port: 0, family: nil) }
    }
    try joinAll(lookups)
    try other.kill()
    try expect(lookups.allSatisfy(\.isSuccessful), "some have failed")
    try expect(most - before <= 4, "\(most - before) sockets at once")
    try expect(turns > 1, "nobody else has had a turn")
}

/// Too late, by a limit that was set around a look-up.
private struct Late: Error {}

/// How many descriptors the process has open.
private func openDescriptors() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
}
#endif
