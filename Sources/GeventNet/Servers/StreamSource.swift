// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// Takes connections from a listener.
final class StreamSource: ServerSource {
    /// How a listener is come by.
    enum Origin {
        case made(ListenerAddress, backlog: Int, reusePort: Bool)
        case given(SocketListener)
    }

    private let origin: Origin
    private let handle: (SocketStream, SocketAddress) throws -> Void
    private var listener: SocketListener?

    /// A source of connections, each for `handle`.
    init(_ origin: Origin, _ handle: @escaping (SocketStream, SocketAddress) throws -> Void) {
        self.origin = origin
        self.handle = handle
        if case .given(let listener) = origin { self.listener = listener }
    }

    var address: SocketAddress? { openListener?.address }

    var isUsedByHandlers: Bool { false }

    var sharesPort: Bool {
        if case .made(_, _, let reusePort) = origin { reusePort } else { false }
    }

    private var openListener: SocketListener? {
        guard let listener, !listener.isClosed else { return nil }
        return listener
    }

    private var socket: Socket {
        get throws {
            guard let listener else { throw SystemError.closed("accept4") }
            return listener.socket
        }
    }

    func begin() throws {
        if openListener != nil { return }
        guard case .made(let place, let backlog, let reusePort) = origin else {
            throw SystemError.closedForGood(
                "listen", note: "the server was given a socket, which has been closed")
        }
        listener = try place.listen(backlog: backlog, reusePort: reusePort)
    }

    func close() {
        listener?.close()
        if case .made = origin { listener = nil }
    }

    func takeTurn() throws { try socket.takeReading() }

    func giveTurn() { listener?.socket.giveReading() }

    func shareTime() throws { try socket.shareTime() }

    func next() throws -> ServerJob? {
        let socket = try socket
        while true {
            do {
                guard let accepted = try socket.acceptAtOnce() else { return nil }
                let stream = stream(accepted.socket, accepted.peer)
                // The peer is the stream's: a copy in the closure would cost each connection 48 bytes.
                return ServerJob(peer: accepted.peer) { [handle] in
                    defer { stream.close() }
                    guard let peer = stream.remoteAddress else {
                        trap("a stream that was accepted knows its peer")
                    }
                    try handle(stream, peer)
                }
            } catch let error as SystemError where error.concernsOneConnection {
                // That peer has gone; others may wait behind it.
                continue
            }
        }
    }

    func wait() throws { try socket.wait(for: .read, "accept", Limit(nil)) }

    private func stream(_ socket: Socket, _ peer: SocketAddress) -> SocketStream {
        peer.family == .unix
            ? UnixStream(socket, remoteAddress: peer) : TCPStream(socket, remoteAddress: peer)
    }
}

extension Socket {
    /// Takes the next connection that waits, if one does; never lets others run.
    fileprivate func acceptAtOnce() throws -> (socket: Socket, peer: SocketAddress)? {
        let number = try number(for: "accept4")
        _ = watch.take(.read)
        switch try SocketCalls.accept(number) {
        case .done(let accepted):
            guard let peer = accepted.peer else {
                trap("a peer of a family that was not asked for")
            }
            return (try Socket(accepted.takeDescriptor()), peer)
        case .wouldBlock:
            return nil
        }
    }
}
