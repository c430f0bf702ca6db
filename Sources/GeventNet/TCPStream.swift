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
/// It belongs to the hub that made it. One greenlet may read and another write at the same time; a
/// second reader or writer gets `ConcurrentObjectUseError`. A peer that has gone is an error and
/// never a `SIGPIPE`. Letting go of the last reference closes it.
///
/// gevent: `gevent.socket.socket`.
public final class TCPStream: ByteStream {
    let socket: Socket
    var buffer = ReadBuffer()

    /// The peer's address, also after closing; `nil` if the kernel did not tell.
    ///
    /// gevent: `getpeername`.
    public let remoteAddress: SocketAddress?

    init(_ socket: Socket, remoteAddress: SocketAddress?) {
        self.socket = socket
        self.remoteAddress = remoteAddress
    }

    /// Connects to a host.
    ///
    /// A name is looked up on a native thread, and its addresses are tried in turn, each for its
    /// share of the time.
    ///
    /// > Suspends: Always.
    ///
    /// - Parameters:
    ///   - host: A name, or an address in numbers; IPv6 without brackets.
    ///   - port: The port.
    ///   - timeout: How long it may take in all; `nil` leaves that to the system, which takes
    ///     minutes. It is no limit for what follows: see ``timeout``.
    /// - Throws: `LookupError` for a name without addresses; ``ConnectError`` with the error of each
    ///   address; ``SocketTimeoutError``; what strikes the greenlet.
    ///
    /// gevent: `socket.create_connection`.
    public convenience init(host: String, port: UInt16, timeout: Duration? = nil) throws {
        let connection = try Connector(timeout: timeout).connect(host: host, port: port)
        self.init(connection.socket, remoteAddress: connection.peer)
    }

    /// Connects to an address.
    ///
    /// > Suspends: Always.
    ///
    /// - Parameters:
    ///   - address: Where to; not a Unix address.
    ///   - timeout: How long it may take; `nil` leaves that to the system, which takes minutes.
    /// - Throws: `SystemError` (`ECONNREFUSED`, `ENETUNREACH`, …); ``SocketTimeoutError``; what
    ///   strikes the greenlet.
    /// - Precondition: The address has a port.
    ///
    /// gevent: `connect`.
    public convenience init(to address: SocketAddress, timeout: Duration? = nil) throws {
        require(address.port != nil, "a TCPStream connects to a port, not to a Unix address")
        let socket = try Connector(timeout: timeout).connect(to: address, timeout: timeout)
        self.init(socket, remoteAddress: address)
    }

    /// Ends the stream in both directions; does nothing the second time.
    ///
    /// Greenlets that read from it or write to it get `SystemError` `EBADF`. Bytes that were written
    /// are still sent; bytes that were not read are lost, and make the kernel reset the connection.
    ///
    /// gevent: `close`.
    public func close() {
        socket.close()
        buffer = ReadBuffer()
    }
}

/// Connects to a host, as ``TCPStream/init(host:port:timeout:)``.
///
/// > Suspends: Always.
///
/// - Parameters:
///   - host: A name, or an address in numbers; IPv6 without brackets.
///   - port: The port.
///   - timeout: How long it may take in all; `nil` leaves that to the system, which takes minutes.
/// - Returns: The connection.
/// - Throws: `LookupError`; ``ConnectError``; ``SocketTimeoutError``; what strikes the greenlet.
///
/// gevent: `socket.create_connection`.
public func connect(host: String, port: UInt16, timeout: Duration? = nil) throws -> TCPStream {
    try TCPStream(host: host, port: port, timeout: timeout)
}
