// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventNet
internal import GeventSystem

/// Takes connections from a ``FakeListener``.
private final class FakeSource: ServerSource {
    private let listener: FakeListener
    private let handle: StreamServer.Handler

    init(_ listener: FakeListener, _ handle: @escaping StreamServer.Handler) {
        self.listener = listener
        self.handle = handle
    }

    var address: SocketAddress? { listener.isClosed ? nil : listener.address }

    var isUsedByHandlers: Bool { false }

    var sharesPort: Bool { false }

    func begin() throws {
        guard listener.isClosed else { return }
        throw SystemError.closedForGood(
            "listen", note: "the server was given a listener, which has been closed")
    }

    func close() { listener.close() }

    func takeTurn() throws { try listener.takeTurn() }

    func giveTurn() { listener.giveTurn() }

    func shareTime() throws {}

    func next() throws -> ServerJob? {
        guard let stream = try listener.acceptAtOnce() else { return nil }
        return ServerJob(peer: stream.remoteAddress) { [handle] in
            defer { stream.close() }
            try handle(stream, stream.remoteAddress)
        }
    }

    func wait() throws { _ = try listener.wait(Limit(nil)) }
}

extension StreamServer {
    /// Makes a server over a ``FakeNetwork``, which closes the listener when it stops and cannot be
    /// started again then.
    ///
    /// ```swift
    /// let listener = try network.host("server").listen(port: 80)
    /// let server = StreamServer(listener) { stream, address in try answer(stream) }
    /// try server.start()
    /// ```
    ///
    /// - Parameters:
    ///   - listener: What it accepts from.
    ///   - spawn: How handlers are run.
    ///   - maxConnections: How many handlers there may be at once; `nil` is no limit.
    ///   - file: Where it was made, for reports.
    ///   - line: Where it was made, for reports.
    ///   - handler: What is done with a connection.
    /// - Precondition: `maxConnections` is more than 0.
    ///
    /// gevent: `StreamServer(socket)`.
    public convenience init(
        _ listener: FakeListener, spawn: ServerSpawn = .default, maxConnections: Int? = nil,
        file: StaticString = #fileID, line: UInt = #line, _ handler: @escaping Handler
    ) {
        self.init(
            source: FakeSource(listener, handler), spawn: spawn, maxConnections: maxConnections,
            file: file, line: line)
    }
}
