// SPDX-License-Identifier: Apache-2.0

/// A stream ended in the middle of what was to be read.
///
/// gevent: `EOFError`, `http.client.IncompleteRead`.
public struct UnexpectedEnd: Error, Hashable, Sendable {
    /// How many bytes had come; they can still be read.
    public let received: Int

    /// How many were asked for; `nil` if a delimiter was.
    public let expected: Int?

    /// Says that the stream ended after `received` of `expected` bytes.
    public init(received: Int, expected: Int?) {
        self.received = received
        self.expected = expected
    }
}

extension UnexpectedEnd: CustomStringConvertible {
    /// How much came of how much.
    public var description: String {
        guard let expected else {
            return "the stream ended after \(received) bytes, without the delimiter"
        }
        return "the stream ended after \(received) of \(expected) bytes"
    }
}

/// A line was longer than the reader wants to keep in memory.
///
/// The line's bytes are still to be read, so the stream is not between two lines: close it.
public struct LineTooLong: Error, Hashable, Sendable {
    /// The most bytes that were allowed.
    public let limit: Int

    /// Says that a line has more than `limit` bytes.
    public init(limit: Int) {
        self.limit = limit
    }
}

extension LineTooLong: CustomStringConvertible {
    /// Names the limit.
    public var description: String {
        "a line is longer than \(limit) bytes"
    }
}
