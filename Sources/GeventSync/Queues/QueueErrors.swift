// SPDX-License-Identifier: Apache-2.0

/// Nothing came into the queue in time.
///
/// gevent: `gevent.queue.Empty`.
public struct QueueEmpty: Error, Sendable, Equatable, CustomStringConvertible {
    /// Makes one, for a queue of your own.
    public init() {}

    /// Says that the queue is empty.
    public var description: String { "the queue is empty" }
}

/// No place became free in the queue in time.
///
/// gevent: `gevent.queue.Full`.
public struct QueueFull: Error, Sendable, Equatable, CustomStringConvertible {
    /// Makes one, for a queue of your own.
    public init() {}

    /// Says that the queue is full.
    public var description: String { "the queue is full" }
}

/// The queue was shut down.
///
/// gevent: `gevent.queue.ShutDown`.
public struct QueueShutDown: Error, Sendable, Equatable, CustomStringConvertible {
    /// Makes one, for a queue of your own.
    public init() {}

    /// Says that the queue was shut down.
    public var description: String { "the queue was shut down" }
}
