// SPDX-License-Identifier: Apache-2.0

/// The silent end of a greenlet.
///
/// It is what ``AnyGreenlet/kill(throwing:block:timeout:)`` throws by default. It is sticky: Swift's
/// `try?` and bare `catch` swallow anything, so each later wait throws it again until the body has
/// returned. A greenlet that it ended counts as successful.
///
/// gevent: `GreenletExit`.
public struct GreenletExit: Error, Sendable, CustomStringConvertible {
    /// Makes one, to be thrown by a body that wants to end without a value.
    public init() {}

    /// Says what happened.
    public var description: String { "the greenlet was killed" }
}
