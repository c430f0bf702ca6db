// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

/// Takes connections from processes of this machine.
///
/// ```swift
/// let listener = try UnixListener(path: "/run/app.sock", mode: 0o660)
/// ```
///
/// It belongs to the hub that made it. Letting go of the last reference closes it; ``close()`` removes
/// the path too.
///
/// gevent: a listening `socket` with `AF_UNIX`.
public final class UnixListener: SocketListener {
    // To be removed by `close`; nil for what was taken over, and for abstract names.
    private var path: SocketPath?

    /// Listens on a path of the file system.
    ///
    /// A socket file there that nobody listens on any more is replaced; anything else is left.
    ///
    /// - Parameters:
    ///   - path: At most 107 bytes.
    ///   - mode: Who may connect, as the bits of chmod(2); `nil` leaves it to the umask. There is a
    ///     moment between binding and changing: where that matters, use a folder that keeps others
    ///     out.
    ///   - backlog: How many connections may wait to be accepted.
    /// - Throws: `SystemError`: `EADDRINUSE` if somebody listens there or if it is no socket,
    ///   `ENOENT`, `EACCES`, `ENAMETOOLONG`.
    public convenience init(path: String, mode: UInt32? = nil, backlog: Int = 128) throws {
        let address = try SocketAddress(unixPath: path)
        try SocketPath.removeIfDead(address)
        self.init(
            try Self.listen(on: address, backlog: backlog) { try SocketPath.chmod(path, mode) })
        self.path = try SocketPath(path)
    }

    /// Listens on a Unix address: a path where nothing is yet, or an abstract name.
    ///
    /// - Parameters:
    ///   - address: Where.
    ///   - backlog: How many connections may wait to be accepted.
    /// - Throws: `SystemError` (`EADDRINUSE`, `ENOENT`, `EACCES`).
    /// - Precondition: The address is a Unix address.
    public convenience init(on address: SocketAddress, backlog: Int = 128) throws {
        require(address.family == .unix, "a UnixListener listens on a Unix address")
        self.init(try Self.listen(on: address, backlog: backlog) {})
        if let path = address.unixPath { self.path = try SocketPath(path) }
    }

    /// Takes over a listening Unix socket from another hub, from other code or from the process's
    /// parent; its path is not removed.
    ///
    /// - Throws: `SystemError` `EPROTOTYPE` for another kind of socket, or one that does not listen.
    ///
    /// gevent: `socket(fileno=)`.
    public convenience init(attaching detached: consuming DetachedSocket) throws {
        self.init(try Self.bound(detached, families: [.unix]))
    }

    private static func listen(
        on address: SocketAddress, backlog: Int, _ prepare: () throws -> Void
    ) throws -> Bound {
        let descriptor = try SocketCalls.open(.unix, .stream)
        try SocketCalls.bind(descriptor.number, to: address)
        try prepare()
        try SocketCalls.listen(descriptor.number, backlog: Int32(clamping: backlog))
        return Bound(socket: try Socket(descriptor, readers: "accept"), address: address)
    }

    /// Takes the next connection.
    ///
    /// > Suspends: When none waits; now and then also when one does, so that a flood of connections
    /// > leaves others their turn.
    ///
    /// - Throws: What ``TCPListener/accept()`` throws.
    ///
    /// gevent: `accept`.
    public func accept() throws -> UnixStream {
        let (socket, peer) = try acceptSocket()
        return UnixStream(socket, remoteAddress: peer)
    }

    /// Stops listening and removes the path, if it is still this listener's; does nothing the second
    /// time.
    ///
    /// Who accepts gets `SystemError` `EBADF`. Connections that wait are reset.
    ///
    /// gevent: `close`.
    public override func close() {
        path?.remove()
        path = nil
        super.close()
    }

    /// Gives up the socket without closing it, to be taken over by another hub or another process.
    ///
    /// The path stays, and is the new owner's to remove. Who accepts gets `SystemError` `EBADF`.
    ///
    /// - Returns: The socket, which can be sent to another thread.
    /// - Throws: `SystemError` `EBADF` once closed; `InvalidThreadUseError` on another hub.
    ///
    /// gevent: `detach`.
    public override func detach() throws -> DetachedSocket {
        path = nil
        return try super.detach()
    }
}
