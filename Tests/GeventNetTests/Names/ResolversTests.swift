// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Glibc
import Testing

@Suite struct ResolversTests {
    @Test func `asks another resolver within a body, and in what is spawned there`() throws {
        let outcome = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            let fake = StubResolver { _ in [.loopback(port: 0)] }
            let ports = try Resolvers.with(fake) {
                let spawned = spawn { try lookup("service.test", port: 9) }
                let stream = try connect(host: "service.test", port: listener.port)
                return [try spawned.get().first?.port, stream.remoteAddress?.port]
            }
            let outside = try lookup("localhost")
            return (ports, fake.questions, outside.isEmpty, listener.port)
        }

        #expect(outcome.0 == [9, outcome.3])
        #expect(outcome.1 == 2)
        #expect(!outcome.2)
    }

    @Test func `asks no resolver about numbers and malformed names`() throws {
        let count = try onHub {
            let fake = StubResolver { _ in [] }
            Resolvers.with(fake) {
                _ = errorOf { _ = try lookup("127.0.0.1") }
                _ = errorOf { _ = try lookup("a\nb") }
            }
            return fake.questions
        }

        #expect(count == 0)
    }

    @Test func `looks up names and services by the current resolver`() throws {
        let outcome = try onHub {
            let fake = StubResolver { _ in [] }
            return try Resolvers.with(fake) {
                (
                    try lookupName(of: .loopback(port: 1)), try lookupPort(of: "https"),
                    try lookupService(at: 53, over: .udp),
                    errorOf { _ = try lookupSRV("_a._tcp.test") } as? ResolverCannot
                )
            }
        }

        #expect(outcome.0 == "fake.test")
        #expect(outcome.1 == 443)
        #expect(outcome.2 == "domain")
        #expect(
            outcome.3?.description
                == "StubResolver cannot look up SRV records; AresResolver can (package trait CAres)"
        )
    }

    // In a process of its own, as it changes what all tests use.
    @Test func `can be changed for the whole process`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            let error = errorOf {
                try onHub {
                    Resolvers.current = StubResolver { _ in [.loopback(port: 0)] }
                    try expect(try lookup("any.test", port: 3) == [.loopback(port: 3)], "other")
                }
            }
            if let error { StandardError.write("\(error)\n") }
        }

        #expect(result.errorText == "")
    }

    @Test(arguments: ["", " ", "thread", "THREAD , block", ",thread,", "ares,thread"])
    func `takes the first of a list that is there`(list: String) throws {
        let resolver = try ResolverChoice.resolver(for: list)

        #expect(resolver is ThreadResolver || "\(type(of: resolver))" == "AresResolver")
    }

    @Test func `takes the blocking resolver if told to`() throws {
        #expect(try ResolverChoice.resolver(for: "block,thread") is BlockResolver)
    }

    @Test func `refuses a list with an unknown name in it`() {
        let error = #expect(throws: ResolverChoice.Refusal.self) {
            try ResolverChoice.resolver(for: "thread,dnspython")
        }

        #expect(
            error?.description == "there is no resolver 'dnspython'; there are ares, block, thread")
    }

    @Test func `ends the program for a variable that makes no sense`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            // SAFETY: nobody else reads the environment yet.
            unsafe setenv("GEVENT_RESOLVER", "nonsense", 1)
            _ = Resolvers.current
        }

        #expect(result.errorText.contains("GEVENT_RESOLVER: there is no resolver 'nonsense'"))
    }
}
