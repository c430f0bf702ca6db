// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

/// Sends and receives messages over UDP, used as if it blocked.
///
/// A message arrives as a whole, or not at all; nobody says which.
///
/// ```swift
/// let socket = try UDPSocket(on: .any(port: 9000))
/// while true {
///     let question = try socket.receive()
///     if let sender = question.sender { try socket.send(question.bytes, to: sender) }
/// }
/// ```
///
/// It belongs to the hub that made it. One greenlet may receive while another sends. Letting go of
/// the last reference closes it.
///
/// gevent: `gevent.socket.socket` with `SOCK_DGRAM`.
public final class UDPSocket {
    let socket: Socket

    /// Whom ``connect(to:)`` has named; `nil` before.
    public private(set) var remoteAddress: SocketAddress?

    /// Binds to an address of this machine.
    ///
    /// - Parameters:
    ///   - address: Where; port 0 lets the system choose one.
    ///   - reusePort: Whether others of the same user may receive there too: the system spreads the
    ///     messages over all who do.
    /// - Throws: `SystemError` (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`).
    /// - Precondition: The address has a port.
    ///
    /// gevent: `bind`.
    public init(on address: SocketAddress = .any(port: 0), reusePort: Bool = false) throws {
        require(address.port != nil, "a UDPSocket has a port, not a Unix address")
        let descriptor = try SocketCalls.open(address.family, .datagram)
        if reusePort { try SocketOption.reusePort.set(1, on: descriptor.number) }
        try SocketCalls.bind(descriptor.number, to: address)
        socket = try Socket(descriptor, readers: "receive")
    }

    /// Takes over a UDP socket from another hub or from other code.
    ///
    /// - Throws: `SystemError` `EPROTOTYPE` for another kind of socket.
    ///
    /// gevent: `socket(fileno=)`.
    public init(attaching detached: consuming DetachedSocket) throws {
        try detached.check(.datagram, [.ipv4, .ipv6])
        remoteAddress = try? SocketCalls.peerAddress(detached.number)
        socket = try Socket(detached.takeDescriptor(), readers: "receive")
    }

    /// The address at this end, with the port that the system chose; `nil` once closed.
    ///
    /// gevent: `getsockname`.
    public var localAddress: SocketAddress? { socket.localAddress }

    /// The port at this end; 0 once closed.
    public var port: UInt16 { localAddress?.port ?? 0 }

    /// The limit for each operation; `nil`, as in the beginning, waits for ever.
    ///
    /// gevent: `settimeout`.
    public var timeout: Duration? {
        get { socket.timeout }
        set { socket.timeout = newValue }
    }

    /// Whether it has been closed.
    public var isClosed: Bool { !socket.isOpen }

    /// Names the peer: who sends without an address sends there, and only what comes from there is
    /// received.
    ///
    /// That nobody receives there becomes known too: a later call throws `ECONNREFUSED`.
    ///
    /// - Throws: `SystemError` (`ENETUNREACH`, `EACCES`, `EBADF` once closed).
    ///
    /// gevent: `connect`.
    public func connect(to address: SocketAddress) throws {
        _ = try SocketCalls.connect(socket.number(for: "connect"), to: address)
        remoteAddress = address
    }

    /// Closes it; does nothing the second time.
    ///
    /// Greenlets that wait for it get `SystemError` `EBADF`.
    ///
    /// gevent: `close`.
    public func close() { socket.close() }

    /// Gives up the socket without closing it, to be taken over by another hub or another library.
    ///
    /// - Returns: The socket, which can be sent to another thread.
    /// - Throws: `SystemError` `EBADF` once closed; `InvalidThreadUseError` on another hub.
    ///
    /// gevent: `detach`.
    public func detach() throws -> DetachedSocket { DetachedSocket(try socket.detach()) }
}
