// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSync
public import GeventSystem

/// A loop that takes work from a socket and hands it to handlers: what ``StreamServer`` and
/// ``DatagramServer`` have in common.
///
/// It belongs to the hub that made it. A server that was started lives until it is stopped.
///
/// gevent: `gevent.baseserver.BaseServer`.
public class BaseServer {
    /// How long to wait for handlers that have been killed.
    static let patienceWithKilled = Duration.seconds(1)

    /// How many that wait already are taken at the end: senders may be faster than the loop.
    static let mostTakenAtEnd = 1024

    private let owner: UInt64
    let source: any ServerSource
    let spawning: ServerSpawn
    let site: (file: StaticString, line: UInt)
    /// The pool that has to have room; `nil` where everybody has.
    let pool: Pool?
    /// Those at work, in whatever way they were spawned.
    let handlers: Pool
    /// Handlers that the hub is about to run.
    var inlineCount = 0
    var accepter: AnyGreenlet?
    var isAccepting = false
    var isStarting = false
    /// Where it listens, for people, also after the end.
    var place = "no address"
    /// What ended the server, if nobody stopped it.
    var failure: (any Error)?
    let stopped = Event()
    var stopCount = 0
    let stopsOver = Event()
    /// Where it says what is wrong with accepting.
    package var log: (String) -> Void = { StandardError.write($0) }

    init(
        _ source: any ServerSource, spawn: ServerSpawn, maxConnections: Int?,
        _ file: StaticString, _ line: UInt
    ) {
        require((maxConnections ?? 1) > 0, "a server takes at least one connection")
        if case .count(let count) = spawn {
            require(count > 0, "a server has at least one handler at once")
        }
        _ = Hub.current
        owner = HubNumber.here
        self.source = source
        spawning = spawn
        site = (file, line)
        pool = spawn.pool
        handlers = Pool(maxConnections)
        stopped.set()
    }

    /// Refuses the use from another hub.
    func enter() throws {
        guard HubNumber.here == owner else {
            throw InvalidThreadUseError(
                HubNumber.foreignUse(of: "a \(type(of: self))", owner: owner))
        }
    }

    /// Whether it was started and has not been stopped; it may have stopped accepting meanwhile.
    ///
    /// gevent: `started`.
    public final var isStarted: Bool { !stopped.isSet }

    /// Whether it has no socket: not yet, or not any more.
    ///
    /// gevent: `closed`.
    public final var isClosed: Bool { source.address == nil }

    /// Whether no more connections are accepted at the moment, as there is no room for their
    /// handlers.
    ///
    /// gevent: `full()`.
    public final var isFull: Bool { handlers.isFull || pool?.isFull == true }

    /// How many handlers are at work.
    public final var connectionCount: Int { handlers.count + inlineCount }

    /// Where it listens, with the port that the system chose for port 0; `nil` without a socket.
    ///
    /// gevent: `address`.
    public final var address: SocketAddress? { source.address }

    /// The port that it listens on; 0 without a socket, and for Unix sockets.
    ///
    /// gevent: `server_port`.
    public final var port: UInt16 { source.address?.port ?? 0 }
}
