// SPDX-License-Identifier: Apache-2.0
internal import GeventNet
public import GeventSystem

/// One end of a connection of a ``FakeNetwork``.
///
/// gevent: none; a connected `gevent.socket.socket`.
public final class FakeStream: MemoryStream {
    /// The address of this end.
    public let localAddress: SocketAddress

    /// The address of the other end.
    public let remoteAddress: SocketAddress

    private let wire: FakeWire

    private init(
        _ incoming: MemoryPipe, _ outgoing: MemoryPipe, _ wire: FakeWire, _ local: SocketAddress,
        _ remote: SocketAddress
    ) {
        localAddress = local
        remoteAddress = remote
        self.wire = wire
        super.init(incoming, outgoing)
    }

    static func pair(
        _ network: FakeNetwork, _ host: FakeHost, _ local: UInt16, _ target: FakeHost,
        _ port: UInt16
    ) -> (FakeStream, FakeStream) {
        let there = network.way(from: host.name, to: target.name)
        let back = network.way(from: target.name, to: host.name)
        let outgoing = MemoryPipe(capacity: there.link.window)
        let incoming = MemoryPipe(capacity: back.link.window)
        let ends = ("\(host.name):\(local)", "\(target.name):\(port)")
        let wireThere = FakeWire(network, there, outgoing, name: "\(ends.0) > \(ends.1)")
        let wireBack = FakeWire(network, back, incoming, name: "\(ends.1) > \(ends.0)")
        outgoing.refuse = { [weak outgoing] in
            wireBack.tell("refused") { outgoing?.learnRefusal() }
        }
        incoming.refuse = { [weak incoming] in
            wireThere.tell("refused") { incoming?.learnRefusal() }
        }
        let (near, far) = (host.address.with(port: local), target.address.with(port: port))
        return (
            FakeStream(incoming, outgoing, wireThere, near, far),
            FakeStream(outgoing, incoming, wireBack, far, near)
        )
    }

    /// Cuts the connection: this end gets `SystemError` `ECONNRESET` at once, the other when it hears
    /// of it, and never if the way there is cut.
    ///
    /// What has arrived can still be read.
    public override func reset() {
        incoming.resetReader()
        outgoing.resetWriter()
        wire.tell("reset") { [weak incoming, weak outgoing] in
            outgoing?.resetReader()
            incoming?.resetWriter()
        }
    }
}
