// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSync
public import GeventSystem

/// Accepts connections, and has a handler run for each: TCP, Unix, and with `prepare` what speaks
/// over them.
///
/// ```swift
/// let server = try StreamServer("127.0.0.1:8000") { stream, address in
///     while let line = try stream.readLine(limit: 1024) { try stream.write(line + "\n") }
/// }
/// try server.serveForever()
/// ```
///
/// The connection is closed when its handler ends, however it does. An error of a handler is
/// reported as that of any greenlet that nobody asks, and the server goes on; the greenlet's name
/// tells the peer's address.
///
/// gevent: `gevent.server.StreamServer`.
public final class StreamServer: BaseServer {
    /// What is done with a connection.
    public typealias Handler = (_ stream: any ByteStream, _ address: SocketAddress) throws -> Void

    /// What makes of a connection the stream that the handler gets, such as one with TLS.
    ///
    /// It runs in the greenlet of the handler, so that a slow peer holds up nobody else.
    public typealias Preparation = (SocketStream) throws -> any ByteStream

    /// Makes a server that listens on an address once it is started.
    ///
    /// - Parameters:
    ///   - address: Where.
    ///   - spawn: How handlers are run.
    ///   - backlog: How many connections may wait to be accepted.
    ///   - reusePort: Whether others of the same user may listen there too, such as servers of other
    ///     hubs: the system spreads the connections over all who do. Not for Unix sockets.
    ///   - maxConnections: How many handlers there may be at once; `nil` is no limit. Further
    ///     connections wait in the backlog.
    ///   - prepare: What makes of a connection the stream that the handler gets; `nil` leaves it.
    ///   - file: Where it was made, for reports.
    ///   - line: Where it was made, for reports.
    ///   - handler: What is done with a connection.
    /// - Precondition: `maxConnections` is more than 0.
    ///
    /// gevent: `StreamServer(listener, handle, backlog, spawn)`.
    public init(
        _ address: ListenerAddress, spawn: ServerSpawn = .default, backlog: Int = 128,
        reusePort: Bool = false, maxConnections: Int? = nil, prepare: Preparation? = nil,
        file: StaticString = #fileID, line: UInt = #line, _ handler: @escaping Handler
    ) {
        super.init(
            StreamSource(
                .made(address, backlog: backlog, reusePort: reusePort),
                Self.handling(prepare, handler)),
            spawn: spawn, maxConnections: maxConnections, file, line)
    }

    /// Makes a server that listens on an address as people write it: see ``ListenerAddress``.
    ///
    /// - Throws: ``ListenerAddressError``.
    public convenience init(
        _ address: String, spawn: ServerSpawn = .default, backlog: Int = 128,
        reusePort: Bool = false, maxConnections: Int? = nil, prepare: Preparation? = nil,
        file: StaticString = #fileID, line: UInt = #line, _ handler: @escaping Handler
    ) throws {
        self.init(
            try ListenerAddress(address), spawn: spawn, backlog: backlog, reusePort: reusePort,
            maxConnections: maxConnections, prepare: prepare, file: file, line: line, handler)
    }

    /// Makes a server that listens on an address once it is started.
    public convenience init(
        _ address: SocketAddress, spawn: ServerSpawn = .default, backlog: Int = 128,
        reusePort: Bool = false, maxConnections: Int? = nil, prepare: Preparation? = nil,
        file: StaticString = #fileID, line: UInt = #line, _ handler: @escaping Handler
    ) {
        self.init(
            ListenerAddress(address), spawn: spawn, backlog: backlog, reusePort: reusePort,
            maxConnections: maxConnections, prepare: prepare, file: file, line: line, handler)
    }

    /// Makes a server that accepts from a listener, which it closes when it stops; it cannot be
    /// started again then.
    ///
    /// gevent: `StreamServer(socket)`.
    public init(
        _ listener: SocketListener, spawn: ServerSpawn = .default, maxConnections: Int? = nil,
        prepare: Preparation? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping Handler
    ) {
        super.init(
            StreamSource(.given(listener), Self.handling(prepare, handler)), spawn: spawn,
            maxConnections: maxConnections, file, line)
    }

    /// Makes a server of a socket that listens already: one of another hub's, or of the process's
    /// parent's.
    ///
    /// - Throws: `SystemError` `ENOTSOCK`, or `EPROTOTYPE` for one that does not listen, or not as
    ///   TCP or Unix streams do.
    public convenience init(
        attaching socket: consuming DetachedSocket, spawn: ServerSpawn = .default,
        maxConnections: Int? = nil, prepare: Preparation? = nil, file: StaticString = #fileID,
        line: UInt = #line, _ handler: @escaping Handler
    ) throws {
        let isUnix = try SocketFacts(of: socket.number).family == .unix
        let listener: SocketListener =
            isUnix ? try UnixListener(attaching: socket) : try TCPListener(attaching: socket)
        self.init(
            listener, spawn: spawn, maxConnections: maxConnections, prepare: prepare, file: file,
            line: line, handler)
    }

    /// Makes a server over a source of connections, which knows the handler.
    package init(
        source: any ServerSource, spawn: ServerSpawn, maxConnections: Int?, file: StaticString,
        line: UInt
    ) {
        super.init(source, spawn: spawn, maxConnections: maxConnections, file, line)
    }

    private static func handling(
        _ prepare: Preparation?, _ handler: @escaping Handler
    ) -> (SocketStream, SocketAddress) throws -> Void {
        guard let prepare else { return { stream, peer in try handler(stream, peer) } }
        return { stream, peer in
            let prepared = try prepare(stream)
            defer { prepared.close() }
            try handler(prepared, peer)
        }
    }
}
