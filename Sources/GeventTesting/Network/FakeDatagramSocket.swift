// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventNet
internal import GeventSync
public import GeventSystem

/// Sends and receives messages in a ``FakeNetwork``, which loses, repeats and reorders them.
///
/// gevent: none; `gevent.socket.socket` with `SOCK_DGRAM`.
public final class FakeDatagramSocket {
    /// How many messages may wait to be received; those beyond are lost.
    public static let room = 256

    private static let longest = 65_507

    /// The port of this end.
    public let port: UInt16

    private let host: FakeHost
    private var waiting: [Datagram] = []
    private let hasNews = Event()
    private var turn = SocketTurn(to: "receive")

    /// The limit for ``receive()``; `nil`, as in the beginning, waits for ever.
    public var timeout: Duration?

    /// Whether it has been closed.
    public private(set) var isClosed = false

    init(_ host: FakeHost, _ port: UInt16) {
        self.host = host
        self.port = port
    }

    /// The address of this end.
    public var address: SocketAddress { host.address.with(port: port) }

    /// Sends a message to a port of a host.
    ///
    /// - Throws: `SystemError` (`EMSGSIZE` for more than 65,507 bytes, `EBADF` once closed);
    ///   `LookupError` for a host that is not there.
    public func send(_ bytes: [UInt8], to host: String, port: UInt16) throws {
        guard let target = self.host.network.hostIfExists(host) else {
            throw LookupError.failed(host, .noSuchName)
        }
        try send(bytes, target, port)
    }

    /// Sends a message to an address; one that no host has loses it.
    ///
    /// - Throws: `SystemError` (`EMSGSIZE` for more than 65,507 bytes, `EBADF` once closed).
    public func send(_ bytes: [UInt8], to address: SocketAddress) throws {
        try send(bytes, host.network.host(at: address), address.port ?? 0)
    }

    private func send(_ bytes: [UInt8], _ target: FakeHost?, _ port: UInt16) throws {
        if isClosed { throw SystemError.closed("sendto") }
        if bytes.count > Self.longest { throw SystemError.messageTooLong(bytes.count) }
        let network = host.network
        let name = "\(host.name):\(self.port) > \(target?.name ?? "nobody"):\(port)"
        let text = "\(name): datagram of \(bytes.count) bytes"
        guard let target else { return network.note("\(text), lost") }
        let way = network.way(from: host.name, to: target.name)
        guard !way.happens(way.link.loss) else { return network.note("\(text), lost") }
        let copies = way.happens(way.link.duplication) ? 2 : 1
        network.note(copies == 2 ? "\(text), twice" : text)
        let message = Datagram(bytes: bytes, sender: address)
        for _ in 0..<copies {
            var arrival = way.arrival(of: bytes.count, sentAt: network.timetable.now)
            if way.happens(way.link.reordering) { arrival += way.link.latency.inNanoseconds }
            network.timetable.add(at: arrival) { [weak target] in
                if !network.isCut(way) { target?.socket(at: port)?.take(message) }
            }
        }
    }

    private func take(_ message: Datagram) {
        guard waiting.count < Self.room else { return }
        waiting.append(message)
        hasNews.set()
    }

    /// Receives the next message.
    ///
    /// > Suspends: When none has arrived.
    ///
    /// - Throws: `SystemError` `EBADF` once closed; `SocketTimeoutError`; `ConcurrentObjectUseError`
    ///   while another greenlet receives; what strikes the greenlet.
    public func receive() throws -> Datagram {
        try turn.take()
        defer { turn.give() }
        let limit = Limit(timeout)
        while true {
            if isClosed { throw SystemError.closed("recvfrom") }
            if !waiting.isEmpty { return waiting.removeFirst() }
            hasNews.clear()
            guard try hasNews.wait(timeout: limit.remaining) else {
                throw SocketTimeoutError(operation: "receive", duration: timeout ?? .zero)
            }
        }
    }

    /// Closes it; who waits for a message gets `SystemError` `EBADF`.
    public func close() {
        if isClosed { return }
        isClosed = true
        host.remove(socketAt: port)
        hasNews.set()
    }
}
