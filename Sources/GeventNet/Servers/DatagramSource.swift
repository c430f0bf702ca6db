// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSync
internal import GeventSystem

/// Takes messages from a UDP socket.
final class DatagramSource: ServerSource {
    /// How a socket is come by.
    enum Origin {
        case made(ListenerAddress, reusePort: Bool)
        case given(UDPSocket)
    }

    // More than a message can have.
    private static let longest = 65_536

    private let origin: Origin
    private let writers = Semaphore()
    private var socket: UDPSocket?
    /// What is done with each of them.
    var handle: ([UInt8], SocketAddress) throws -> Void = { _, _ in }

    /// A source of messages.
    init(_ origin: Origin) {
        self.origin = origin
        if case .given(let socket) = origin { self.socket = socket }
    }

    var address: SocketAddress? { socket?.localAddress }

    /// Answers are sent from it.
    var isUsedByHandlers: Bool { true }

    var sharesPort: Bool {
        if case .made(_, let reusePort) = origin { reusePort } else { false }
    }

    private var openSocket: Socket {
        get throws {
            guard let socket else { throw SystemError.closed("recvfrom") }
            return socket.socket
        }
    }

    func begin() throws {
        if let socket, !socket.isClosed { return }
        guard case .made(let place, let reusePort) = origin else {
            throw SystemError.closedForGood(
                "recvfrom", note: "the server was given a socket, which has been closed")
        }
        socket = try place.bind(reusePort: reusePort)
    }

    func close() {
        socket?.close()
        if case .made = origin { socket = nil }
    }

    func takeTurn() throws { try openSocket.takeReading() }

    func giveTurn() { socket?.socket.giveReading() }

    func shareTime() throws { try openSocket.shareTime() }

    func next() throws -> ServerJob? {
        let socket = try openSocket
        let number = try socket.number(for: "recvfrom")
        _ = socket.watch.take(.read)
        guard
            case .done((let bytes, let message)) = try Transfer.receiveDatagram(
                number, upTo: Self.longest)
        else { return nil }
        guard let sender = message.sender else { trap("a message over UDP without a sender") }
        return ServerJob(peer: sender) { [handle] in try handle(bytes, sender) }
    }

    func wait() throws { try openSocket.wait(for: .read, "receive", Limit(nil)) }

    /// Sends a message, after those that other greenlets send.
    ///
    /// > Suspends: When the system has no room for it, or others send.
    func send(_ bytes: [UInt8], to address: SocketAddress) throws {
        try writers.withLock {
            guard let socket else { throw SystemError.closed("sendto") }
            try socket.send(bytes, to: address)
        }
    }
}

extension ListenerAddress {
    /// Binds a UDP socket.
    ///
    /// > Suspends: When it is the name of a host.
    ///
    /// - Throws: `SystemError`, `LookupError`, what strikes the greenlet.
    func bind(reusePort: Bool) throws -> UDPSocket {
        switch place {
        case .everywhere(let port):
            return try everywhere { try UDPSocket(on: $0.with(port: port), reusePort: reusePort) }
        case .host(let host, let port):
            var failure: SystemError?
            for address in try lookup(host, port: port) {
                do { return try UDPSocket(on: address, reusePort: reusePort) } catch let error
                    as SystemError
                {
                    failure = error
                }
            }
            guard let failure else { trap("a look-up without addresses did not throw") }
            throw failure
        case .address(let address):
            guard address.family != .unix else { throw SystemError.noPortToShare(description) }
            return try UDPSocket(on: address, reusePort: reusePort)
        }
    }
}
