// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventNet
public import GeventSystem

extension StreamServer {
    /// What is done with a connection once its handshake is done.
    public typealias TLSHandler = (_ stream: TLSStream, _ address: SocketAddress) throws -> Void

    /// Makes a server that listens on an address once it is started, and speaks TLS.
    ///
    /// ```swift
    /// let context = ReloadableTLSContext(try TLSContext(.server(identity: identity)))
    /// let server = try StreamServer(":8443", tls: context) { stream, address in
    ///     while let line = try stream.readLine(limit: 1024) { try stream.write(line + "\n") }
    /// }
    /// try server.serveForever()
    /// ```
    ///
    /// The handshake takes place in the greenlet of the handler, before the handler: a slow client
    /// holds up nobody else, and has ``TLSConfiguration/handshakeTimeout``. It counts as a
    /// connection all the while. One that fails is reported to `Hub.errorHandler`, which by default
    /// writes one line, and the handler does not run. The context is asked for at each connection,
    /// so a ``ReloadableTLSContext`` may be changed while the server runs.
    ///
    /// - Parameters:
    ///   - address: Where.
    ///   - tls: The context, or where it is taken from; of a server.
    ///   - spawn: How handlers are run; not `inline`, where nothing can wait for a client.
    ///   - backlog: How many connections may wait to be accepted.
    ///   - reusePort: Whether others of the same user may listen there too.
    ///   - maxConnections: How many connections there may be at once; `nil` is no limit.
    ///   - file: Where it was made, for reports.
    ///   - line: Where it was made, for reports.
    ///   - handler: What is done with a connection.
    /// - Precondition: `spawn` is not `inline`, and the context is a server's.
    ///
    /// gevent: `StreamServer(listener, handle, certfile=…, keyfile=…)`.
    public convenience init(
        _ address: ListenerAddress, tls: any TLSContextSource, spawn: ServerSpawn = .default,
        backlog: Int = 128, reusePort: Bool = false, maxConnections: Int? = nil,
        file: StaticString = #fileID, line: UInt = #line, _ handler: @escaping TLSHandler
    ) {
        self.init(
            address, spawn: spawn, backlog: backlog, reusePort: reusePort,
            maxConnections: maxConnections, file: file, line: line,
            TLSAcceptance.handling(tls, spawn, handler))
    }

    /// Makes a server that listens on an address as people write it, and speaks TLS.
    ///
    /// - Throws: `ListenerAddressError`.
    public convenience init(
        _ address: String, tls: any TLSContextSource, spawn: ServerSpawn = .default,
        backlog: Int = 128, reusePort: Bool = false, maxConnections: Int? = nil,
        file: StaticString = #fileID, line: UInt = #line, _ handler: @escaping TLSHandler
    ) throws {
        self.init(
            try ListenerAddress(address), tls: tls, spawn: spawn, backlog: backlog,
            reusePort: reusePort, maxConnections: maxConnections, file: file, line: line, handler)
    }

    /// Makes a server that listens on an address once it is started, and speaks TLS.
    public convenience init(
        _ address: SocketAddress, tls: any TLSContextSource, spawn: ServerSpawn = .default,
        backlog: Int = 128, reusePort: Bool = false, maxConnections: Int? = nil,
        file: StaticString = #fileID, line: UInt = #line, _ handler: @escaping TLSHandler
    ) {
        self.init(
            ListenerAddress(address), tls: tls, spawn: spawn, backlog: backlog,
            reusePort: reusePort, maxConnections: maxConnections, file: file, line: line, handler)
    }

    /// Makes a server that accepts from a listener, which it closes when it stops, and speaks TLS.
    public convenience init(
        _ listener: SocketListener, tls: any TLSContextSource, spawn: ServerSpawn = .default,
        maxConnections: Int? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping TLSHandler
    ) {
        self.init(
            listener, spawn: spawn, maxConnections: maxConnections, file: file, line: line,
            TLSAcceptance.handling(tls, spawn, handler))
    }

    /// Makes a server of a socket that listens already, which speaks TLS.
    ///
    /// - Throws: `SystemError` `ENOTSOCK`, or `EPROTOTYPE` for one that does not listen, or not as
    ///   TCP or Unix streams do.
    public convenience init(
        attaching socket: consuming DetachedSocket, tls: any TLSContextSource,
        spawn: ServerSpawn = .default, maxConnections: Int? = nil,
        file: StaticString = #fileID, line: UInt = #line, _ handler: @escaping TLSHandler
    ) throws {
        try self.init(
            attaching: socket, spawn: spawn, maxConnections: maxConnections, file: file,
            line: line, TLSAcceptance.handling(tls, spawn, handler))
    }
}
