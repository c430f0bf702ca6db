// SPDX-License-Identifier: Apache-2.0

/// An operation of a socket took longer than the socket's own limit allows.
///
/// It is no `Timeout`, which belongs to whoever started that one: code that handles a slow peer
/// does not swallow a limit that was set further out.
///
/// gevent: `socket.timeout`.
public struct SocketTimeoutError: Error, Hashable, Sendable {
    /// What was under way: `read`, `write`, `accept`, `connect`.
    public let operation: String

    /// The limit that was reached.
    public let duration: Duration

    /// What else is known, such as the addresses that failed before; `nil` for nothing.
    public let note: String?

    /// Says that `operation` has not ended within `duration`.
    public init(operation: String, duration: Duration, note: String? = nil) {
        self.operation = operation
        self.duration = duration
        self.note = note
    }
}

extension SocketTimeoutError: CustomStringConvertible {
    /// What timed out, and after how long.
    public var description: String {
        "\(operation): timed out after \(duration)" + (note.map { ", \($0)" } ?? "")
    }
}
