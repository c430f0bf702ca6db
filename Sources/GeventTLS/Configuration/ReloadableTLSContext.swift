// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// The context that a server uses from now on, to be replaced while it runs.
///
/// ```swift
/// let context = ReloadableTLSContext(try TLSContext(configuration))
/// // per connection
/// let stream = try TLSStream(server: connection, context: context.current)
/// // when the certificate has been renewed
/// context.replace(by: try TLSContext(renewed))
/// ```
///
/// Connections keep the context that they began with, so none is dropped. Any thread may use it.
public final class ReloadableTLSContext: Sendable {
    private let context: Guarded<TLSContext>

    /// Begins with `context`.
    public init(_ context: TLSContext) {
        self.context = Guarded(context)
    }

    /// The context for the next connection.
    public var current: TLSContext { context.withLock { $0 } }

    /// Has connections from now on use `context`.
    ///
    /// - Returns: The context until now.
    @discardableResult
    public func replace(by context: TLSContext) -> TLSContext {
        self.context.withLock { current in
            let old = current
            current = context
            return old
        }
    }
}
