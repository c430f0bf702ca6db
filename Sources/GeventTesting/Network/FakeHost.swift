// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

/// A host of a ``FakeNetwork``, which has to be kept for as long as its hosts are used.
///
/// gevent: none.
public final class FakeHost {
    private static let firstFreePort: UInt16 = 49_152

    /// Its name in the network.
    public let name: String

    /// Its address, with port 0.
    public let address: SocketAddress

    unowned let network: FakeNetwork
    private var listeners: [UInt16: FakeListener] = [:]
    private var sockets: [UInt16: FakeDatagramSocket] = [:]
    private var nextPort = FakeHost.firstFreePort

    init(_ name: String, _ address: SocketAddress, _ network: FakeNetwork) {
        self.name = name
        self.address = address
        self.network = network
    }

    /// Begins to listen for connections.
    ///
    /// - Parameters:
    ///   - port: Where; 0 takes a free one.
    ///   - backlog: How many connections may wait to be accepted; a further one gets no answer until
    ///     there is room.
    /// - Returns: What accepts them.
    /// - Throws: `SystemError` `EADDRINUSE`.
    /// - Precondition: `backlog` is at least 1.
    public func listen(port: UInt16 = 0, backlog: Int = 128) throws -> FakeListener {
        require(backlog > 0, "a listener has room for one connection at least")
        let port = port == 0 ? freePort { listeners[$0] == nil } : port
        guard listeners[port] == nil else { throw SystemError.addressInUse("\(name):\(port)") }
        let listener = FakeListener(self, port, backlog)
        listeners[port] = listener
        return listener
    }

    /// Opens a socket for datagrams.
    ///
    /// - Parameter port: Where; 0 takes a free one.
    /// - Returns: The socket.
    /// - Throws: `SystemError` `EADDRINUSE`.
    public func datagramSocket(port: UInt16 = 0) throws -> FakeDatagramSocket {
        let port = port == 0 ? freePort { sockets[$0] == nil } : port
        guard sockets[port] == nil else { throw SystemError.addressInUse("\(name):\(port)") }
        let socket = FakeDatagramSocket(self, port)
        sockets[port] = socket
        return socket
    }

    func listener(at port: UInt16) -> FakeListener? { listeners[port] }
    func socket(at port: UInt16) -> FakeDatagramSocket? { sockets[port] }
    func remove(listenerAt port: UInt16) { listeners[port] = nil }
    func remove(socketAt port: UInt16) { sockets[port] = nil }

    func freePort(where isFree: (UInt16) -> Bool = { _ in true }) -> UInt16 {
        for _ in 0..<16_384 {
            let port = nextPort
            nextPort = port == .max ? Self.firstFreePort : port + 1
            if isFree(port) { return port }
        }
        trap("a fake host has no free port left")
    }
}
