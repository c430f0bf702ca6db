// SPDX-License-Identifier: Apache-2.0
import GeventNet
import GeventTesting

extension ResolverContract {
    static let thread = ResolverContract("ThreadResolver") { threaded(ThreadResolver()) }

    static let caching = ResolverContract("CachingResolver") {
        threaded(CachingResolver(wrapping: ThreadResolver(), timeToLive: .nanoseconds(1)))
    }

    private static func threaded(_ resolver: any Resolver) -> Subject {
        var busy: BusyResolver?
        return Subject(
            resolver, stall: { busy = try BusyResolver() },
            release: {
                busy?.release()
                busy = nil
            })
    }
}
