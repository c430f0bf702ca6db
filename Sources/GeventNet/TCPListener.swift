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
public final class TCPListener {
    private let socket: Socket

    /// The address that it listens on, with the port that the system chose for port 0.
    ///
    /// gevent: `getsockname`.
    public let address: SocketAddress

    /// Listens on the first address of a host that is free.
    ///
    /// > Suspends: When `host` is a name.
    ///
    /// - Parameters:
    ///   - host: A name or an address of this machine; `0.0.0.0` or `::` is every one of them, the
    ///     latter for IPv4 peers too.
    ///   - port: The port; 0 lets the system choose one.
    ///   - backlog: How many connections may wait to be accepted.
    /// - Throws: `SystemError` (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`); `LookupError`; what
    ///   strikes the greenlet.
    ///
    /// gevent: `socket.create_server`.
    public convenience init(host: String, port: UInt16, backlog: Int = 128) throws {
        var failure: SystemError?
        for address in try lookup(host, port: port) {
            do {
                self.init(try Self.listen(on: address, backlog: backlog))
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
    /// - Throws: `SystemError` (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`).
    public convenience init(on address: SocketAddress, backlog: Int = 128) throws {
        self.init(try Self.listen(on: address, backlog: backlog))
    }

    private init(_ bound: Bound) {
        socket = bound.socket
        address = bound.address
    }

    private struct Bound {
        let socket: Socket
        let address: SocketAddress
    }

    private static func listen(on address: SocketAddress, backlog: Int) throws -> Bound {
        let descriptor = try SocketCalls.open(address.family, .stream)
        try SocketOption.reuseAddress.set(1, on: descriptor.number)
        try SocketCalls.bind(descriptor.number, to: address)
        try SocketCalls.listen(descriptor.number, backlog: Int32(clamping: backlog))
        let actual = try SocketCalls.localAddress(descriptor.number) ?? address
        return Bound(socket: try Socket(descriptor, readers: "accept"), address: actual)
    }

    /// The port that it listens on.
    public var port: UInt16 { address.port ?? 0 }

    /// The limit for each ``accept()``; `nil`, as in the beginning, waits for ever.
    ///
    /// gevent: `settimeout`.
    public var timeout: Duration? {
        get { socket.timeout }
        set { socket.timeout = newValue }
    }

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
        try socket.reading.take()
        defer { socket.reading.give() }
        let limit = Limit(timeout)
        while true {
            do {
                if let stream = try acceptNow() { return stream }
            } catch let error as SystemError where error.concernsOneConnection {
                // That peer has gone; others may wait behind it.
                continue
            }
            try socket.wait(for: .read, "accept", limit)
        }
    }

    /// Stops listening; does nothing the second time.
    ///
    /// Who accepts gets `SystemError` `EBADF`. Connections that wait are reset.
    ///
    /// gevent: `close`.
    public func close() { socket.close() }

    private func acceptNow() throws -> TCPStream? {
        switch try socket.acceptNext() {
        case .done(let accepted):
            let peer = accepted.peer
            return TCPStream(try Socket(accepted.takeDescriptor()), remoteAddress: peer)
        case .wouldBlock:
            return nil
        }
    }
}
