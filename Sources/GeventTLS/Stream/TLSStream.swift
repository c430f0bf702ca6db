// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventNet
internal import GeventSync

/// An encrypted stream over another one, used as if it blocked.
///
/// ```swift
/// let stream = try TLSStream.connect(host: "example.org", port: 443, timeout: .seconds(10))
/// defer { stream.close() }
/// try stream.write("GET / HTTP/1.0\r\nHost: example.org\r\n\r\n")
/// print(try stream.readLine() ?? "nothing")
/// ```
///
/// The handshake takes place at the first use, or at ``handshake()``; nothing is read or written
/// before it is done. One greenlet may read and another write at the same time; a second reader or
/// writer gets `ConcurrentObjectUseError`. It belongs to the hub of the stream below, which nobody
/// else may use meanwhile. Close it: letting go of it says nothing to the peer, which takes that for a
/// cut.
///
/// gevent: `SSLSocket`.
public final class TLSStream: ByteStream {
    /// The stream below, to be asked for addresses and options and for nothing else.
    public let transport: any ByteStream

    let engine: TLSEngine
    let owner: UInt64
    /// What this hub's thread lends for bytes that are on their way.
    let room = Scheduler.current.receiveRoom
    /// What was decrypted and not asked for yet.
    package var buffer = ReadBuffer()

    var reading = SocketTurn(to: "read")
    var writing = SocketTurn(to: "write")
    /// Held by who sends records: one that is cut must not have another one in it.
    let sending = Semaphore(1)
    /// Held by who does the handshake, for which others wait.
    let shaking = Semaphore(1)

    var isEstablished = false
    var isClosed = false
    var hasShutDown = false
    /// What made all further use pointless.
    var failure: (any Error)?
    /// What made all further sending pointless.
    var sendingFailure: (any Error)?

    private let originalTimeout: Duration?

    /// The limit for each operation; that of the stream below, as it was, in the beginning.
    ///
    /// After a `SocketTimeoutError` from a write nothing more can be written.
    ///
    /// gevent: `settimeout`.
    public var timeout: Duration?

    init(_ transport: any ByteStream, _ engine: TLSEngine) {
        self.transport = transport
        self.engine = engine
        owner = HubNumber.here
        originalTimeout = transport.timeout
        timeout = originalTimeout
    }

    /// The side that opened the connection.
    ///
    /// - Parameters:
    ///   - transport: A connection to the server.
    ///   - host: The name or the address that the server's certificate has to have.
    ///   - context: Of a client.
    ///   - session: One to resume; it is used if it is of the same host and context.
    /// - Throws: ``TLSError`` `invalidName`.
    /// - Precondition: The context is a client's.
    ///
    /// gevent: `SSLContext.wrap_socket(server_hostname:)`.
    public convenience init(
        client transport: any ByteStream, host: String, context: TLSContext,
        session: TLSSession? = nil
    ) throws {
        self.init(transport, try TLSEngine(client: context, host: host, session: session))
    }

    /// The side that accepted the connection.
    ///
    /// - Parameters:
    ///   - transport: A connection from a client.
    ///   - context: Of a server.
    /// - Throws: ``TLSError`` when there is no memory.
    /// - Precondition: The context is a server's.
    ///
    /// gevent: `SSLContext.wrap_socket(server_side=True)`.
    public convenience init(server transport: any ByteStream, context: TLSContext) throws {
        self.init(transport, try TLSEngine(server: context))
    }

    /// Gives the stream below its own limit back.
    func restoreTimeout() { transport.timeout = originalTimeout }
}
