// SPDX-License-Identifier: Apache-2.0

/// A resolver was asked for something that its kind does not do.
///
/// The C library's look-ups know hosts and services only. For records, use a resolver that speaks to
/// name servers itself, such as `AresResolver`.
public struct ResolverCannot: Error, Hashable, Sendable {
    /// Which resolver.
    public let resolver: String

    /// What it was asked to do.
    public let request: String

    /// The refusal of a resolver, for resolvers of your own.
    public init(resolver: String, request: String) {
        self.resolver = resolver
        self.request = request
    }
}

extension ResolverCannot: CustomStringConvertible {
    /// Which resolver cannot do what, and which one can.
    public var description: String {
        "\(resolver) cannot \(request); AresResolver can (package trait CAres)"
    }
}
