// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

/// A connection over TCP, used as if it blocked.
///
/// ```swift
/// let stream = try TCPStream(host: "example.org", port: 80)
/// defer { stream.close() }
/// try stream.write("GET / HTTP/1.0\r\n\r\n")
/// print(try stream.readLine() ?? "nothing")
/// ```
///
/// gevent: `gevent.socket.socket` with `SOCK_STREAM`.
public final class TCPStream: SocketStream {
    /// Takes over a connected TCP socket from another hub or from other code.
    ///
    /// - Throws: `SystemError` `EPROTOTYPE` for another kind of socket, `ENOTCONN` without a peer,
    ///   `ENOSPC` when the kernel watches no more descriptors.
    ///
    /// gevent: `socket(fileno=)`.
    public convenience init(attaching detached: consuming DetachedSocket) throws {
        try self.init(detached, families: [.ipv4, .ipv6])
    }

    /// Connects to a host.
    ///
    /// A name is looked up, and its addresses are tried, IPv6 and IPv4 in turn: the next one when
    /// one has failed, or has not answered within 250 milliseconds. The first that answers is taken,
    /// and the other attempts end (RFC 8305, "Happy Eyeballs").
    ///
    /// > Suspends: Always.
    ///
    /// - Parameters:
    ///   - host: A name, or an address in numbers; IPv6 without brackets.
    ///   - port: The port.
    ///   - timeout: How long it may take in all; `nil` leaves that to the system, which takes
    ///     minutes. It is no limit for what follows: see ``SocketStream/timeout``.
    ///   - source: The address at this end, its port 0 to let the system choose; only addresses of
    ///     its family are tried.
    /// - Throws: `LookupError` for a name without addresses; ``ConnectError`` with the error of each
    ///   address; ``SocketTimeoutError``; `SystemError` `EADDRNOTAVAIL` for a source that is not of
    ///   this machine, or of a family that the host is not; what strikes the greenlet.
    ///
    /// gevent: `socket.create_connection`.
    public convenience init(
        host: String, port: UInt16, timeout: Duration? = nil, source: SocketAddress? = nil
    ) throws {
        let connector = Connector(timeout: timeout, source: source)
        let connection = try connector.open(host: host, port: port)
        self.init(connection.socket, remoteAddress: connection.peer)
    }

    /// Connects to an address.
    ///
    /// > Suspends: Always.
    ///
    /// - Parameters:
    ///   - address: Where to; not a Unix address.
    ///   - timeout: How long it may take; `nil` leaves that to the system, which takes minutes.
    ///   - source: The address at this end, its port 0 to let the system choose.
    /// - Throws: `SystemError` (`ECONNREFUSED`, `ENETUNREACH`, …); ``SocketTimeoutError``; what
    ///   strikes the greenlet.
    /// - Precondition: The address has a port.
    ///
    /// gevent: `connect`.
    public convenience init(
        to address: SocketAddress, timeout: Duration? = nil, source: SocketAddress? = nil
    ) throws {
        require(address.port != nil, "a TCPStream connects to a port, not to a Unix address")
        let connector = Connector(timeout: timeout, source: source)
        let socket = try connector.open(address, timeout: timeout)
        self.init(socket, remoteAddress: address)
    }
}

/// Connects to a host, as ``TCPStream/init(host:port:timeout:source:)``.
///
/// > Suspends: Always.
///
/// - Parameters:
///   - host: A name, or an address in numbers; IPv6 without brackets.
///   - port: The port.
///   - timeout: How long it may take in all; `nil` leaves that to the system, which takes minutes.
///   - source: The address at this end; `nil` leaves it to the system.
/// - Returns: The connection.
/// - Throws: `LookupError`; ``ConnectError``; ``SocketTimeoutError``; what strikes the greenlet.
///
/// gevent: `socket.create_connection`.
public func connect(
    host: String, port: UInt16, timeout: Duration? = nil, source: SocketAddress? = nil
) throws -> TCPStream {
    try TCPStream(host: host, port: port, timeout: timeout, source: source)
}
