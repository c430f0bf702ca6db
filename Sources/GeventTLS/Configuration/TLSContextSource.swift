// SPDX-License-Identifier: Apache-2.0

/// Where a server takes the context for each of its connections from: a ``TLSContext``, or a
/// ``ReloadableTLSContext``.
///
/// gevent: none; `SSLContext` is loaded anew in place.
public protocol TLSContextSource: Sendable {
    /// The context for the next connection.
    var current: TLSContext { get }
}

extension TLSContext: TLSContextSource {
    /// The context itself.
    public var current: TLSContext { self }
}

extension ReloadableTLSContext: TLSContextSource {}
