// SPDX-License-Identifier: Apache-2.0

/// A callback of the hub, in which no greenlet runs, tried to wait.
///
/// Use the forms that do not wait there (`putNowait`, `set`, `release`), or spawn a greenlet.
///
/// gevent: `BlockingSwitchOutError`.
public struct BlockingSwitchOutError: Error, Sendable, CustomStringConvertible {
    /// Says what to do instead.
    public var description: String {
        "a callback of the hub must not wait: spawn a greenlet, or use a form that does not wait"
    }
}

/// A second greenlet waits for what only one may wait for at a time.
///
/// gevent: `ConcurrentObjectUseError`.
public struct ConcurrentObjectUseError: Error, Sendable, CustomStringConvertible {
    /// What both want, and who they are.
    public let description: String

    /// Says what happened.
    package init(_ description: String) { self.description = description }
}

/// An object of one hub was used from another, or from a thread that has none.
///
/// gevent: `InvalidThreadUseError`.
public struct InvalidThreadUseError: Error, Sendable, CustomStringConvertible {
    /// What was used, and from where.
    public let description: String

    /// Says what happened.
    package init(_ description: String) { self.description = description }
}

/// The hub has closed.
///
/// gevent: `HubDestroyed`.
public struct HubClosed: Error, Sendable, CustomStringConvertible {
    /// Makes one.
    package init() {}

    /// Says that the hub has closed.
    public var description: String { "the hub has closed" }
}
