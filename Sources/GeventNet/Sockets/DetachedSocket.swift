// SPDX-License-Identifier: Apache-2.0
public import GeventSystem

/// A socket that belongs to no hub: on its way from one thread to another, or from and to a foreign
/// library.
///
/// ```swift
/// let detached = try stream.detach()           // on one hub
/// let stream = try TCPStream(attaching: detached)  // on another
/// ```
///
/// Dropping it closes the socket.
///
/// gevent: the number that `detach` returns.
public struct DetachedSocket: ~Copyable, Sendable {
    let descriptor: Descriptor

    /// What was read from the socket and not asked for yet.
    public let unread: [UInt8]

    init(_ descriptor: consuming Descriptor, unread: [UInt8] = []) {
        self.descriptor = descriptor
        self.unread = unread
    }

    /// Takes over a socket from other code, as non-blocking and closed on `exec`.
    ///
    /// When this throws, the number is still the caller's to close.
    ///
    /// - Parameter number: An open socket, blocking or not.
    /// - Throws: `SystemError` `EBADF` for a number that is not open.
    ///
    /// gevent: `socket(fileno=)`.
    public init(adopting number: Int32) throws(SystemError) {
        self.init(try Descriptor(adopting: number))
    }

    /// The number of the descriptor, which stays this value's to close.
    ///
    /// gevent: `fileno`.
    public var number: Int32 { descriptor.number }

    /// Gives the number away without closing it; it is non-blocking.
    ///
    /// - Returns: The number, which the caller closes.
    public consuming func release() -> Int32 { descriptor.release() }

    consuming func takeDescriptor() -> Descriptor { descriptor }

    /// Sees that it is what a type wants to take over.
    ///
    /// - Throws: `SystemError` `ENOTSOCK`, `EPROTOTYPE`, with what it is in the note.
    func check(
        _ kind: SocketKind, _ families: [SocketAddress.Family], listening: Bool = false
    ) throws(SystemError) {
        let facts = try SocketFacts(of: number)
        guard facts.kind == kind, let family = facts.family, families.contains(family),
            facts.isListening == listening
        else { throw facts.mismatch }
    }
}
