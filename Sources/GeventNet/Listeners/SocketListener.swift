// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

/// A socket that takes connections: what ``TCPListener`` and ``UnixListener`` have in common.
///
/// It belongs to the hub that made it. Letting go of the last reference closes it.
///
/// gevent: a listening `socket`, as from `socket.create_server`.
public class SocketListener {
    let socket: Socket

    /// The address that it listens on, with the port that the system chose for port 0.
    ///
    /// gevent: `getsockname`.
    public final let address: SocketAddress

    init(_ bound: Bound) {
        socket = bound.socket
        address = bound.address
    }

    struct Bound {
        let socket: Socket
        let address: SocketAddress
    }

    /// Takes over a socket, which has to listen in one of `families`.
    static func bound(
        _ detached: consuming DetachedSocket, families: [SocketAddress.Family]
    ) throws -> Bound {
        try detached.check(.stream, families, listening: true)
        guard let address = try SocketCalls.localAddress(detached.number) else {
            trap("a socket of a known family without an address")
        }
        return Bound(
            socket: try Socket(detached.takeDescriptor(), readers: "accept"), address: address)
    }

    /// The limit for each `accept`; `nil`, as in the beginning, waits for ever.
    ///
    /// gevent: `settimeout`.
    public final var timeout: Duration? {
        get { socket.timeout }
        set { socket.timeout = newValue }
    }

    /// Whether it has been closed.
    public final var isClosed: Bool { !socket.isOpen }

    /// Stops listening; does nothing the second time.
    ///
    /// Who accepts gets `SystemError` `EBADF`. Connections that wait are reset.
    ///
    /// gevent: `close`.
    public func close() { socket.close() }

    /// Gives up the socket without closing it, to be taken over by another hub or another process.
    ///
    /// Who accepts gets `SystemError` `EBADF`. Connections that wait stay.
    ///
    /// - Returns: The socket, which can be sent to another thread.
    /// - Throws: `SystemError` `EBADF` once closed; `InvalidThreadUseError` on another hub.
    ///
    /// gevent: `detach`.
    public func detach() throws -> DetachedSocket { DetachedSocket(try socket.detach()) }

    /// A second socket for the same queue of connections, for another hub or another process.
    ///
    /// - Returns: The socket, which can be sent to another thread; whoever accepts first gets a
    ///   connection.
    /// - Throws: `SystemError` `EBADF` once closed, `EMFILE`; `InvalidThreadUseError` on another hub.
    ///
    /// gevent: `dup`.
    public final func duplicate() throws -> DetachedSocket {
        DetachedSocket(try socket.duplicate())
    }

    /// Takes the next connection; those whose peer has gone meanwhile are passed over.
    ///
    /// > Suspends: When none waits; at every 64th call in a row that did not have to wait.
    final func acceptSocket() throws -> (Socket, SocketAddress?) {
        try socket.takeReading()
        defer { socket.giveReading() }
        let limit = Limit(timeout)
        while true {
            do {
                if let accepted = try acceptNow() { return accepted }
            } catch let error as SystemError where error.concernsOneConnection {
                // That peer has gone; others may wait behind it.
                continue
            }
            try socket.wait(for: .read, "accept", limit)
        }
    }

    private final func acceptNow() throws -> (Socket, SocketAddress?)? {
        switch try socket.acceptNext() {
        case .done(let accepted):
            let peer = accepted.peer
            return (try Socket(accepted.takeDescriptor()), peer)
        case .wouldBlock:
            return nil
        }
    }
}
