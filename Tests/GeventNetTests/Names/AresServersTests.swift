// SPDX-License-Identifier: Apache-2.0
#if CAres
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

/// What happens when servers say no, something else, or nothing.
@Suite struct AresServersTests {
    @Test(arguments: [
        (UInt16(0), LookupError.Reason.noData), (2, .serverFailure), (3, .noSuchName),
        (5, .refused), (1, .notUnderstood), (4, .notUnderstood),
    ])
    func `tells the ways to say no apart`(code: UInt16, reason: LookupError.Reason) throws {
        let reasons = try onHub {
            let server = try ForgedServer { query in
                var message = ForgedMessage(to: query)
                message.code = code
                return [message.bytes]
            }
            defer { server.close() }
            let resolver = try AresResolver(.brief(server))
            let address = SocketAddress("192.0.2.1", port: 0) ?? .any(port: 0)
            return [
                errorOf { _ = try resolver.addresses(of: "a.test", port: 0, family: nil) },
                errorOf { _ = try resolver.records(of: "a.test", kind: .txt) },
                errorOf { _ = try resolver.name(of: address) },
            ].map { ($0 as? LookupError)?.reason }
        }

        #expect(reasons == [reason, reason, reason])
    }

    @Test func `asks the next server when one is silent`() throws {
        let outcome = try onHub {
            let silent = try ForgedServer { _ in [] }
            let second = try ForgedServer()
            defer {
                silent.close()
                second.close()
            }
            var options = AresResolver.Options.asking(silent, second)
            options.timeout = .milliseconds(5)
            let resolver = try AresResolver(options)
            let found = try resolver.addresses(of: "a.test", port: 0, family: .ipv4)
            return (found.map(\.host), silent.queries.isEmpty)
        }

        #expect(outcome.0 == ["192.0.2.1"])
        #expect(!outcome.1)
    }

    @Test func `gives up when all are silent, after the tries that were asked for`() throws {
        let outcome = try onHub {
            let servers = [try ForgedServer { _ in [] }, try ForgedServer { _ in [] }]
            defer { for server in servers { server.close() } }
            var options = AresResolver.Options.asking(servers[0], servers[1])
            options.timeout = .milliseconds(2)
            let resolver = try AresResolver(options)
            let error = errorOf { _ = try resolver.records(of: "a.test", kind: .txt) }
            let isIdle = Scheduler.current.outsideWaits
            return (error as? LookupError, servers.map(\.queries.count), isIdle)
        }

        #expect(outcome.0?.reason == .timedOut)
        #expect(outcome.0?.isTemporary == true)
        #expect(outcome.1 == [2, 2])
    }

    @Test func `says that nobody is there`() throws {
        let error = try onHub {
            let server = try ForgedServer()
            let resolver = try AresResolver(.brief(server))
            server.close()
            // Gone at once, so that the kernel says so.
            return errorOf { _ = try resolver.addresses(of: "a.test", port: 0, family: nil) }
                as? LookupError
        }

        #expect(error?.isTemporary == true)
    }

    @Test func `fetches a cut answer over TCP, byte by byte`() throws {
        let outcome = try onHub {
            let server = try ForgedServer { query in
                var message = ForgedMessage(to: query)
                message.isCut = true
                return [message.bytes]
            }
            defer { server.close() }
            server.onStream = { query, stream in
                stream.noDelay = true
                for message in Forged.honest(query) {
                    for byte in Forged.number(UInt16(message.count)) + message {
                        try stream.write([byte])
                        try sleep(.zero)
                    }
                }
            }
            let resolver = try AresResolver(.asking(server))
            let found = try resolver.addresses(of: "a.test", port: 0, family: .ipv4)
            return (found.map(\.host), server.queries.map(\.isTCP))
        }

        #expect(outcome.0 == ["192.0.2.1"])
        #expect(outcome.1 == [false, true])
    }

    @Test func `takes a cut answer if told to`() throws {
        let outcome = try onHub {
            let server = try ForgedServer { query in
                var message = ForgedMessage(to: query, [Forged.address(1)])
                message.isCut = true
                return [message.bytes]
            }
            defer { server.close() }
            var options = AresResolver.Options.asking(server)
            options.ignoresTruncation = true
            let resolver = try AresResolver(options)
            let found = try resolver.addresses(of: "a.test", port: 0, family: .ipv4)
            return (found.map(\.host), server.queries.map(\.isTCP))
        }

        #expect(outcome.0 == ["192.0.2.1"])
        #expect(outcome.1 == [false])
    }

    @Test(arguments: [[UInt8]](arrayLiteral: [0, 0], [0], [0, 5, 1], [0xFF, 0xFF, 0, 0]))
    func `makes an error of rubbish over TCP`(rubbish: [UInt8]) throws {
        let error = try onHub {
            let server = try ForgedServer()
            defer { server.close() }
            server.onStream = { _, stream in
                try stream.write(rubbish)
                stream.close()
            }
            var options = AresResolver.Options.brief(server)
            options.usesTCP = true
            let resolver = try AresResolver(options)
            return errorOf { _ = try resolver.addresses(of: "a.test", port: 0, family: .ipv4) }
                as? LookupError
        }

        #expect(error != nil)
    }

    @Test func `tries the search list for names with too few dots`() throws {
        let names = try onHub {
            let server = try ForgedServer { query in
                var message = ForgedMessage(to: query, [Forged.address(1)])
                if query.name != "host.two.test" { (message.code, message.answers) = (3, []) }
                return [message.bytes]
            }
            defer { server.close() }
            var options = AresResolver.Options.asking(server)
            options.domains = ["one.test", "two.test"]
            options.ndots = 1
            let resolver = try AresResolver(options)
            _ = try resolver.addresses(of: "host", port: 0, family: .ipv4)
            _ = errorOf { _ = try resolver.addresses(of: "host.", port: 0, family: .ipv4) }
            return server.queries.map(\.name)
        }

        #expect(names == ["host.one.test", "host.two.test", "host"])
    }
}

extension AresResolver.Options {
    /// Those of a resolver that asks these servers once each, and not for long.
    static func brief(_ servers: ForgedServer...) -> Self {
        var options = Self()
        options.servers = servers.map(\.address)
        options.timeout = .milliseconds(50)
        options.tries = 1
        options.domains = []
        return options
    }
}
#endif
