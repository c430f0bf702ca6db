// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// Which resolver is asked.
///
/// The process has one. It begins with what the variable `GEVENT_RESOLVER` names: `thread` (the
/// default), `ares` or `block`, or a list of them, of which the first that is there is taken:
/// `ares,thread`. A name that none has, and a list of which none is there, ends the program with a
/// sentence that says so.
///
/// ```swift
/// Resolvers.current = CachingResolver(wrapping: ThreadResolver(), timeToLive: .seconds(30))
/// ```
///
/// gevent: `gevent.config.resolver`, `hub.resolver_class`.
public enum Resolvers {
    private static let ofProcess = Guarded<(any Resolver)?>(nil)
    @TaskLocal private static var substitute: (any Resolver)?

    /// The resolver that is asked here.
    ///
    /// Set, it changes for all threads, from the next question on: questions that are under way end
    /// with the resolver that they were begun with. Any thread may do so at any time. It is not
    /// heard where ``with(_:_:)`` says another one.
    public static var current: any Resolver {
        get {
            if let substitute { return substitute }
            return ofProcess.withLock { resolver in
                if let resolver { return resolver }
                let choice = ResolverChoice.fromEnvironment()
                resolver = choice
                return choice
            }
        }
        set { ofProcess.withLock { $0 = newValue } }
    }

    /// Runs `body` with another resolver, which greenlets that are spawned in it use as well.
    ///
    /// For tests, and for parts of a program that need a resolver of their own.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public static func with<Value>(
        _ resolver: any Resolver, _ body: () throws -> Value
    ) rethrows -> Value {
        try $substitute.withValue(resolver, operation: body)
    }
}
