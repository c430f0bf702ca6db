// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventNet
internal import GeventSystem

extension TLSStream {
    private static let verifyingContext = Guarded<TLSContext?>(nil)

    /// Connects to a server over TCP and does the handshake.
    ///
    /// > Suspends: Always.
    ///
    /// - Parameters:
    ///   - host: A name, or an address in numbers; the server's certificate has to have it.
    ///   - port: The port.
    ///   - context: Of a client; `nil` is one that trusts the system's authorities.
    ///   - session: One to resume; it is used if it is of the same host and context.
    ///   - timeout: How long it may take in all; `nil` leaves the connection to the system, and the
    ///     handshake to its own limit. It is no limit for what follows: see ``timeout``.
    /// - Returns: The stream, ready to use.
    /// - Throws: `LookupError`, `ConnectError`; ``TLSError``; `SocketTimeoutError`; what strikes the
    ///   greenlet.
    ///
    /// gevent: `socket.create_connection` and `SSLContext.wrap_socket`.
    public static func connect(
        host: String, port: UInt16, context: TLSContext? = nil, session: TLSSession? = nil,
        timeout: Duration? = nil
    ) throws -> TLSStream {
        let context = try context ?? sharedContext()
        let limit = Limit(timeout)
        let transport = try TCPStream(host: host, port: port, timeout: timeout)
        do {
            let stream = try TLSStream(
                client: transport, host: host, context: context, session: session)
            stream.timeout = limit.remaining
            try stream.handshake()
            stream.timeout = nil
            return stream
        } catch {
            transport.close()
            throw error
        }
    }

    /// Connects to a server over TCP and does the handshake, by a configuration of its own.
    ///
    /// For many connections make one ``TLSContext``: this one reads the authorities each time.
    ///
    /// > Suspends: Always.
    ///
    /// - Returns: The stream, ready to use.
    /// - Throws: What ``connect(host:port:context:session:timeout:)`` and ``TLSContext/init(_:)`` throw.
    public static func connect(
        host: String, port: UInt16, configuration: TLSConfiguration, timeout: Duration? = nil
    ) throws -> TLSStream {
        let context = try TLSContext(configuration)
        return try connect(host: host, port: port, context: context, timeout: timeout)
    }

    // Made at the first use: the system's authorities take milliseconds to read.
    private static func sharedContext() throws -> TLSContext {
        try verifyingContext.withLock { context in
            if let context { return context }
            let made = try TLSContext(.client())
            context = made
            return made
        }
    }
}
