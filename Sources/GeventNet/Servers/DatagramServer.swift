// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSync
public import GeventSystem

/// Receives messages over UDP, and has a handler run for each.
///
/// ```swift
/// let server = try DatagramServer(":9000") { bytes, sender, server in
///     try server.sendTo(bytes, sender)
/// }
/// try server.serveForever()
/// ```
///
/// Nothing holds back who sends: give `spawn` a number where handlers take their time, and the
/// system drops what comes too fast. When it stops, the socket is closed after the handlers have
/// ended, so that they can still answer.
///
/// gevent: `gevent.server.DatagramServer`.
public final class DatagramServer: BaseServer {
    /// What is done with a message.
    public typealias Handler = (
        _ bytes: [UInt8], _ sender: SocketAddress, _ server: DatagramServer
    ) throws -> Void

    private let datagrams: DatagramSource

    /// Makes a server that receives at an address once it is started.
    ///
    /// - Parameters:
    ///   - address: Where; no Unix address.
    ///   - spawn: How handlers are run.
    ///   - reusePort: Whether others of the same user may receive there too: the system spreads the
    ///     messages over all who do.
    ///   - file: Where it was made, for reports.
    ///   - line: Where it was made, for reports.
    ///   - handler: What is done with a message.
    ///
    /// gevent: `DatagramServer(listener, handle, spawn)`.
    public convenience init(
        _ address: ListenerAddress, spawn: ServerSpawn = .default, reusePort: Bool = false,
        file: StaticString = #fileID, line: UInt = #line, _ handler: @escaping Handler
    ) {
        self.init(.made(address, reusePort: reusePort), spawn, file, line, handler)
    }

    /// Makes a server that receives at an address as people write it: see ``ListenerAddress``.
    ///
    /// - Throws: ``ListenerAddressError``.
    public convenience init(
        _ address: String, spawn: ServerSpawn = .default, reusePort: Bool = false,
        file: StaticString = #fileID, line: UInt = #line, _ handler: @escaping Handler
    ) throws {
        self.init(
            .made(try ListenerAddress(address), reusePort: reusePort), spawn, file, line, handler)
    }

    /// Makes a server that receives at an address once it is started.
    public convenience init(
        _ address: SocketAddress, spawn: ServerSpawn = .default, reusePort: Bool = false,
        file: StaticString = #fileID, line: UInt = #line, _ handler: @escaping Handler
    ) {
        self.init(
            .made(ListenerAddress(address), reusePort: reusePort), spawn, file, line, handler)
    }

    /// Makes a server that receives from a socket, which it closes when it stops; it cannot be
    /// started again then.
    public convenience init(
        _ socket: UDPSocket, spawn: ServerSpawn = .default, file: StaticString = #fileID,
        line: UInt = #line, _ handler: @escaping Handler
    ) {
        self.init(.given(socket), spawn, file, line, handler)
    }

    private init(
        _ origin: DatagramSource.Origin, _ spawn: ServerSpawn, _ file: StaticString, _ line: UInt,
        _ handler: @escaping Handler
    ) {
        datagrams = DatagramSource(origin)
        super.init(datagrams, spawn: spawn, maxConnections: nil, file, line)
        datagrams.handle = { [unowned self] bytes, sender in try handler(bytes, sender, self) }
    }

    /// Sends a message from the server's own port; greenlets that send at once take turns.
    ///
    /// > Suspends: When the system has no room for it, or others send.
    ///
    /// - Parameters:
    ///   - bytes: All of the message.
    ///   - address: To whom.
    /// - Throws: What `UDPSocket.send` throws; `SystemError` `EBADF` while it has no socket.
    ///
    /// gevent: `sendto`.
    public func sendTo(_ bytes: [UInt8], _ address: SocketAddress) throws {
        try enter()
        try datagrams.send(bytes, to: address)
    }
}
