// SPDX-License-Identifier: Apache-2.0
public import GeventSystem

/// A message that has arrived as a whole.
///
/// gevent: the pair that `recvfrom` returns.
public struct Datagram: Hashable, Sendable {
    /// What it carries; it may be empty.
    public let bytes: [UInt8]

    /// Who sent it, to be answered; `nil` for a sender without an address.
    public let sender: SocketAddress?

    /// Whether it was longer than the reader had room for, and its end is lost.
    ///
    /// gevent: `MSG_TRUNC`.
    public let isTruncated: Bool

    /// A message with its sender.
    public init(bytes: [UInt8], sender: SocketAddress?, isTruncated: Bool = false) {
        self.bytes = bytes
        self.sender = sender
        self.isTruncated = isTruncated
    }
}
