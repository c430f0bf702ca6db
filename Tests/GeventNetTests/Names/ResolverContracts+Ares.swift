// SPDX-License-Identifier: Apache-2.0
#if CAres
import GeventNet
import GeventTesting

extension ResolverContract {
    /// All resolvers of this build.
    static let all = [thread, caching, ares, cachingAres]

    static let ares = ResolverContract("AresResolver") { try forged { $0 } }

    static let cachingAres = ResolverContract("CachingResolver of AresResolver") {
        try forged { CachingResolver(wrapping: $0, timeToLive: .nanoseconds(1)) }
    }

    private static func forged(_ wrap: (AresResolver) -> any Resolver) throws -> Subject {
        let switchboard = Switchboard()
        let server = try ForgedServer { query in
            if query.name == "slow.test" && switchboard.isStalled { return [] }
            var message = ForgedMessage(to: query, query.isIPv4 ? [Forged.address(1)] : [])
            if query.name.hasSuffix(".invalid") { (message.code, message.answers) = (3, []) }
            return [message.bytes]
        }
        let resolver = try AresResolver(.asking(server))
        return Subject(
            wrap(resolver), slowName: "slow.test",
            stall: { switchboard.isStalled = true }, release: { switchboard.isStalled = false },
            finish: {
                resolver.close()
                server.close()
            })
    }
}

/// Whether a server is silent.
private final class Switchboard {
    var isStalled = false
}

extension AresResolver.Options {
    /// Those of a resolver that asks these servers only, and patiently.
    static func asking(_ servers: ForgedServer...) -> Self {
        var options = Self()
        options.servers = servers.map(\.address)
        options.timeout = .seconds(20)
        options.domains = []
        options.tries = 2
        return options
    }
}
#endif
