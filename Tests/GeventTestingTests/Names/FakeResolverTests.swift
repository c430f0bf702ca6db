// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import GeventTesting
import Testing

@Suite struct FakeResolverTests {
    @Test(arguments: ResolverContract.Clause.allCases)
    func `keeps the contract of resolvers`(clause: ResolverContract.Clause) throws {
        let contract = ResolverContract("FakeResolver", clock: .virtual(patience: .zero)) {
            let names = FakeResolver(["slow.test": .hosts("192.0.2.1")])
            return ResolverContract.Subject(
                names, slowName: "slow.test", stall: { names.stall("slow.test") },
                release: { names.release("slow.test") })
        }

        try contract.check(clause)
    }

    @Test func `answers by its table, whatever the case and the dot at the end`() throws {
        let found = try onHub {
            let names = FakeResolver(["db.test": .hosts("192.0.2.1", "2001:db8::1")])
            return try Resolvers.with(names) {
                (
                    try lookup("DB.test.", port: 9), try lookup("db.test", family: .ipv6),
                    names.questions
                )
            }
        }

        #expect(found.0.map { "\($0)" } == ["192.0.2.1:9", "[2001:db8::1]:9"])
        #expect(found.1.map(\.host) == ["2001:db8::1"])
        #expect(found.2 == ["DB.test.", "db.test"])
    }

    @Test func `says why there is no answer`() throws {
        try onHub {
            let names = FakeResolver([
                "gone.test": .failure(.timedOut), "small.test": .hosts("192.0.2.1"),
            ])
            let reason = { (name: String, family: SocketAddress.Family?) in
                do { _ = try names.addresses(of: name, port: 0, family: family) } catch {
                    return (error as? LookupError)?.reason
                }
                return nil
            }

            #expect(reason("gone.test", nil) == .timedOut)
            #expect(reason("small.test", .ipv6) == .noData)
            #expect(reason("other.test", nil) == .noSuchName)
        }
    }

    @Test func `gives its answers in turn, and the last for good`() throws {
        try onHub {
            let names = FakeResolver([
                "api.test": .inTurn(.failure(.serverFailure), .hosts("192.0.2.1"))
            ])
            let ask = { try names.addresses(of: "api.test", port: 0, family: nil).first?.host }

            #expect(throws: LookupError.self) { try ask() }
            let later = [try ask(), try ask()]
            #expect(later == ["192.0.2.1", "192.0.2.1"])
        }
    }

    @Test func `is late by the hub's clock`() throws {
        try onHub {
            let names = FakeResolver(["slow.test": .late(.seconds(60), .hosts("192.0.2.1"))])

            #expect(throws: Timeout.self) {
                try withTimeout(.milliseconds(1)) {
                    try names.addresses(of: "slow.test", port: 0, family: nil)
                }
            }
        }
    }

    @Test func `can be told something else`() throws {
        try onHub {
            let names = FakeResolver()
            names["new.test"] = .hosts("192.0.2.9")

            let found = try names.addresses(of: "new.test", port: 0, family: nil)
            let name = try names.name(of: .loopback(port: 0))
            #expect(found.count == 1 && name == "localhost")
            names["new.test"] = nil
            #expect(throws: LookupError.self) {
                try names.addresses(of: "new.test", port: 0, family: nil)
            }
        }
    }
}
