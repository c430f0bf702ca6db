// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem

/// One resolver on trial; what all of them must keep to is in ``ResolverContractTests``.
struct ResolverContract: Sendable, CustomStringConvertible {
    /// A resolver in the running hub, and what the trial needs of its surroundings.
    struct Subject {
        let resolver: any Resolver
        /// A name that nobody has.
        var unknownName = "nowhere.invalid"
        /// A name that nobody answers for, until `release`.
        var slowName = "localhost"
        /// Makes it impossible to answer for the slow name.
        var stall: () throws -> Void
        /// Ends that.
        var release: () -> Void
        /// Frees what belongs to the trial.
        var finish: () -> Void = {}
    }

    let description: String
    let make: @Sendable () throws -> Subject

    /// Runs `body` with the resolver in a hub.
    func check(_ body: (Subject) throws -> Void) throws {
        let subject = try make()
        defer { subject.finish() }
        try body(subject)
    }
}

extension ResolverContract {
    static let thread = ResolverContract(description: "ThreadResolver") {
        threaded(ThreadResolver())
    }

    static let caching = ResolverContract(description: "CachingResolver") {
        threaded(CachingResolver(wrapping: ThreadResolver(), timeToLive: .nanoseconds(1)))
    }

    private static func threaded(_ resolver: any Resolver) -> Subject {
        var busy: BusyResolver?
        return Subject(
            resolver: resolver, stall: { busy = try BusyResolver() },
            release: {
                busy?.release()
                busy = nil
            })
    }
}
