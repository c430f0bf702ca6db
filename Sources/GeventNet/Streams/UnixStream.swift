// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

/// A connection between processes of this machine, used as if it blocked.
///
/// ```swift
/// let stream = try UnixStream(path: "/run/app.sock")
/// defer { stream.close() }
/// try stream.write("status\n")
/// print(try stream.readLine() ?? "nothing")
/// ```
///
/// It can also carry open descriptors: ``send(_:descriptors:)``.
///
/// gevent: `gevent.socket.socket` with `AF_UNIX`.
public final class UnixStream: SocketStream {
    /// Connects to a socket in the file system.
    ///
    /// > Suspends: As ``init(to:timeout:)``.
    ///
    /// - Parameters:
    ///   - path: At most 107 bytes.
    ///   - timeout: How long it may take; `nil` waits for ever.
    /// - Throws: `SystemError` (`ENOENT`, `ECONNREFUSED`, `EACCES`, `ENAMETOOLONG`);
    ///   ``SocketTimeoutError``; what strikes the greenlet.
    public convenience init(path: String, timeout: Duration? = nil) throws {
        try self.init(to: SocketAddress(unixPath: path), timeout: timeout)
    }

    /// Connects to a Unix address: a path, or an abstract name.
    ///
    /// > Suspends: When the listener's queue is full.
    ///
    /// - Parameters:
    ///   - address: Where to.
    ///   - timeout: How long it may take; `nil` waits for ever.
    /// - Throws: `SystemError` (`ENOENT`, `ECONNREFUSED`, `EACCES`); ``SocketTimeoutError``; what
    ///   strikes the greenlet.
    /// - Precondition: The address is a Unix address.
    ///
    /// gevent: `connect`.
    public convenience init(to address: SocketAddress, timeout: Duration? = nil) throws {
        require(address.family == .unix, "a UnixStream connects to a Unix address")
        let socket = try Connector(timeout: timeout).open(address, timeout: timeout)
        self.init(socket, remoteAddress: address)
    }

    /// Takes over a connected Unix stream from another hub or from other code.
    ///
    /// - Throws: `SystemError` `EPROTOTYPE` for another kind of socket, `ENOTCONN` without a peer.
    ///
    /// gevent: `socket(fileno=)`.
    public convenience init(attaching detached: consuming DetachedSocket) throws {
        try self.init(detached, families: [.unix])
    }

    /// Makes two streams that are connected to each other.
    ///
    /// - Returns: Both ends; each can be detached and sent to another hub, or to a child.
    /// - Throws: `SystemError` `EMFILE`.
    ///
    /// gevent: `socket.socketpair`.
    public static func pair() throws -> (UnixStream, UnixStream) {
        func stream(_ end: consuming Descriptor) throws -> UnixStream {
            UnixStream(try Socket(end), remoteAddress: nil)
        }
        return try SocketCalls.openPair().split(stream, stream)
    }

    /// Who has connected, or who listened, at the other end.
    ///
    /// - Returns: What the peer's process was when it connected; it may have gone since.
    /// - Throws: `SystemError` `EBADF` once closed.
    ///
    /// gevent: `getsockopt(SOL_SOCKET, SO_PEERCRED)`.
    public func peerCredentials() throws -> PeerCredentials {
        try PeerCredentials(of: socket.number(for: "getsockopt"))
    }
}
