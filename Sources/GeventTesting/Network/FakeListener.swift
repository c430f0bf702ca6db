// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventNet
internal import GeventSync
public import GeventSystem

/// Accepts connections to a port of a ``FakeHost``.
///
/// gevent: none; a listening `gevent.socket.socket`.
public final class FakeListener {
    /// The port that it listens on.
    public let port: UInt16

    private let host: FakeHost
    private let backlog: Int
    private var waiting: [FakeStream] = []
    private let hasNews = Event()
    private var turn = SocketTurn(to: "accept")

    /// The limit for ``accept()``; `nil`, as in the beginning, waits for ever.
    public var timeout: Duration?

    /// Whether it has been closed.
    public private(set) var isClosed = false

    init(_ host: FakeHost, _ port: UInt16, _ backlog: Int) {
        self.host = host
        self.port = port
        self.backlog = backlog
    }

    /// The address that it listens on.
    public var address: SocketAddress { host.address.with(port: port) }

    /// Accepts the next connection.
    ///
    /// > Suspends: When none waits.
    ///
    /// - Throws: `SystemError` `EBADF` once closed; `SocketTimeoutError`; `ConcurrentObjectUseError`
    ///   while another greenlet accepts; what strikes the greenlet.
    public func accept() throws -> FakeStream {
        try takeTurn()
        defer { giveTurn() }
        let limit = Limit(timeout)
        while true {
            if let stream = try acceptAtOnce() { return stream }
            guard try wait(limit) else {
                throw SocketTimeoutError(operation: "accept", duration: timeout ?? .zero)
            }
        }
    }

    /// Ends listening; connections that nobody has accepted are reset.
    ///
    /// Who waits in ``accept()`` gets `SystemError` `EBADF`. Does nothing the second time.
    public func close() {
        if isClosed { return }
        isClosed = true
        host.remove(listenerAt: port)
        for stream in waiting { stream.reset() }
        waiting = []
        hasNews.set()
    }

    var hasRoom: Bool { waiting.count < backlog }

    func add(_ stream: FakeStream) {
        waiting.append(stream)
        hasNews.set()
    }

    func takeTurn() throws {
        try throwIfClosed()
        try turn.take()
    }

    func giveTurn() { turn.give() }

    func acceptAtOnce() throws -> FakeStream? {
        try throwIfClosed()
        return waiting.isEmpty ? nil : waiting.removeFirst()
    }

    func wait(_ limit: Limit) throws -> Bool {
        hasNews.clear()
        return try hasNews.wait(timeout: limit.remaining)
    }

    private func throwIfClosed() throws {
        if isClosed { throw SystemError.closed("accept4") }
    }
}
