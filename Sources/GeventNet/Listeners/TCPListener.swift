// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

/// Takes connections over TCP.
///
/// ```swift
/// let listener = try TCPListener(host: "127.0.0.1", port: 8000)
/// while true {
///     let peer = try listener.accept()
///     spawn { defer { peer.close() }; try talk(to: peer) }
/// }
/// ```
///
/// It belongs to the hub that made it. Letting go of the last reference closes it.
///
/// gevent: a listening `socket`, as from `socket.create_server`.
public final class TCPListener: SocketListener {
    /// Listens on the first address of a host that is free.
    ///
    /// > Suspends: When `host` is a name.
    ///
    /// - Parameters:
    ///   - host: A name or an address of this machine; `0.0.0.0` or `::` is every one of them, the
    ///     latter for IPv4 peers too.
    ///   - port: The port; 0 lets the system choose one.
    ///   - backlog: How many connections may wait to be accepted.
    ///   - reusePort: Whether others of the same user may listen there too: the system spreads the
    ///     connections over all who do.
    /// - Throws: `SystemError` (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`); `LookupError`; what
    ///   strikes the greenlet.
    ///
    /// gevent: `socket.create_server`.
    public convenience init(
        host: String, port: UInt16, backlog: Int = 128, reusePort: Bool = false
    ) throws {
        var failure: SystemError?
        for address in try lookup(host, port: port) {
            do {
                self.init(try Self.listen(on: address, backlog: backlog, reusePort: reusePort))
                return
            } catch let error as SystemError {
                failure = error
            }
        }
        guard let failure else { trap("a look-up without addresses did not throw") }
        throw failure
    }

    /// Listens on an address.
    ///
    /// - Parameters:
    ///   - address: Where; port 0 lets the system choose one.
    ///   - backlog: How many connections may wait to be accepted.
    ///   - reusePort: Whether others of the same user may listen there too: the system spreads the
    ///     connections over all who do.
    ///   - onlyIPv6: Whether an IPv6 address keeps IPv4 peers out.
    /// - Throws: `SystemError` (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`).
    /// - Precondition: The address has a port.
    public convenience init(
        on address: SocketAddress, backlog: Int = 128, reusePort: Bool = false,
        onlyIPv6: Bool = false
    ) throws {
        self.init(
            try Self.listen(
                on: address, backlog: backlog, reusePort: reusePort, onlyIPv6: onlyIPv6))
    }

    /// Takes over a listening TCP socket from another hub, from other code or from the process's
    /// parent.
    ///
    /// - Throws: `SystemError` `EPROTOTYPE` for another kind of socket, or one that does not listen.
    ///
    /// gevent: `socket(fileno=)`.
    public convenience init(attaching detached: consuming DetachedSocket) throws {
        self.init(try Self.bound(detached, families: [.ipv4, .ipv6]))
    }

    private static func listen(
        on address: SocketAddress, backlog: Int, reusePort: Bool, onlyIPv6: Bool = false
    ) throws -> Bound {
        require(address.port != nil, "a TCPListener listens on a port, not on a Unix address")
        let descriptor = try SocketCalls.open(address.family, .stream)
        try SocketOption.reuseAddress.set(1, on: descriptor.number)
        if reusePort { try SocketOption.reusePort.set(1, on: descriptor.number) }
        if address.family == .ipv6 {
            // Said in both cases: the system's default can be changed (net.ipv6.bindv6only).
            try SocketOption.onlyIPv6.set(onlyIPv6 ? 1 : 0, on: descriptor.number)
        }
        try SocketCalls.bind(descriptor.number, to: address)
        try SocketCalls.listen(descriptor.number, backlog: Int32(clamping: backlog))
        let actual = try SocketCalls.localAddress(descriptor.number) ?? address
        return Bound(socket: try Socket(descriptor, readers: "accept"), address: actual)
    }

    /// The port that it listens on.
    public var port: UInt16 { address.port ?? 0 }

    /// Takes the next connection.
    ///
    /// Those whose peer has gone while they waited are passed over.
    ///
    /// > Suspends: When none waits; now and then also when one does, so that a flood of connections
    /// > leaves others their turn.
    ///
    /// - Throws: `SystemError`: `EMFILE`, `ENFILE`, `ENOBUFS`, `ENOMEM` when there is no room for it,
    ///   after which it still waits: pause before you try again; `EBADF` once closed.
    ///   ``SocketTimeoutError``; `ConcurrentObjectUseError` while another greenlet accepts; what
    ///   strikes the greenlet.
    ///
    /// gevent: `accept`.
    public func accept() throws -> TCPStream {
        let (socket, peer) = try acceptSocket()
        return TCPStream(socket, remoteAddress: peer)
    }
}
