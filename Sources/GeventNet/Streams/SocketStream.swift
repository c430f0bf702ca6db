// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

/// A connected socket, used as if it blocked: what ``TCPStream`` and ``UnixStream`` have in common.
///
/// It belongs to the hub that made it. One greenlet may read and another write at the same time; a
/// second reader or writer gets `ConcurrentObjectUseError`. A peer that has gone is an error and
/// never a `SIGPIPE`. Letting go of the last reference closes it.
///
/// gevent: `gevent.socket.socket`.
public class SocketStream: ByteStream {
    let socket: Socket
    /// What was read ahead.
    package final var buffer = ReadBuffer()

    /// The peer's address, also after closing; `nil` if the kernel did not tell.
    ///
    /// gevent: `getpeername`.
    public final let remoteAddress: SocketAddress?

    init(_ socket: Socket, remoteAddress: SocketAddress?) {
        self.socket = socket
        self.remoteAddress = remoteAddress
        socket.isReadInPieces = self is UnixStream
    }

    /// Takes over a socket, which has to be a connected stream of one of `families`.
    init(_ detached: consuming DetachedSocket, families: [SocketAddress.Family]) throws {
        try detached.check(.stream, families)
        remoteAddress = try SocketCalls.peerAddress(detached.number)
        buffer.append(detached.unread)
        socket = try Socket(detached.takeDescriptor())
        socket.isReadInPieces = self is UnixStream
    }

    /// Ends the stream in both directions; does nothing the second time.
    ///
    /// Greenlets that read from it or write to it get `SystemError` `EBADF`. Bytes that were written
    /// are still sent; bytes that were not read are lost, and make the kernel reset the connection.
    ///
    /// gevent: `close`.
    public final func close() {
        socket.close()
        buffer.clear()
    }

    /// Gives up the socket without closing it, to be taken over by another hub or another library.
    ///
    /// Greenlets that read from it or write to it get `SystemError` `EBADF`. What was read ahead goes
    /// along.
    ///
    /// - Returns: The socket, which can be sent to another thread.
    /// - Throws: `SystemError` `EBADF` once closed; `InvalidThreadUseError` on another hub.
    ///
    /// gevent: `detach`.
    public final func detach() throws -> DetachedSocket {
        let unread = buffer.peek(upTo: buffer.count)
        buffer.clear()
        return DetachedSocket(try socket.detach(), unread: unread)
    }
}
