// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem

/// A name server on the loopback interface, in the hub of the test, that says what the test wants.
final class ForgedServer {
    /// The datagrams that answer a query; none is silence.
    typealias Script = (ForgedQuery) -> [[UInt8]]

    let address: SocketAddress
    private(set) var queries: [ForgedQuery] = []
    /// From where datagrams have come.
    private(set) var askers: Set<SocketAddress> = []
    /// What happens to a query over TCP; what it throws ends the connection.
    var onStream: (ForgedQuery, TCPStream) throws -> Void = { query, stream in
        for message in Forged.honest(query) {
            try stream.write(Forged.number(UInt16(message.count)) + message)
        }
    }

    /// What happens before a datagram is answered, and to whom.
    var beforeAnswer: (ForgedQuery, SocketAddress) throws -> Void = { _, _ in () }

    private let script: Script
    private let socket: Descriptor
    private let watch: DescriptorWatch
    private let listener: TCPListener
    private var servers: [AnyGreenlet] = []

    init(_ script: @escaping Script = Forged.honest) throws {
        self.script = script
        // Both protocols at one port, which the system chooses for the first.
        while true {
            let socket = try SocketCalls.open(.ipv4, .datagram)
            try SocketCalls.bind(socket.number, to: .loopback(port: 0))
            let address = try SocketCalls.localAddress(socket.number) ?? .loopback(port: 0)
            guard let listener = try? TCPListener(on: address) else { continue }
            watch = try DescriptorWatch(socket.number)
            self.socket = socket
            self.listener = listener
            self.address = address
            break
        }
        servers = [spawnRaw { try self.serveDatagrams() }, spawnRaw { try self.serveStreams() }]
    }

    /// Stops; whatever is asked from now on finds nobody.
    func close() {
        for server in servers { kill(server) }
        watch.close()
        listener.close()
    }

    private func serveDatagrams() throws {
        while true {
            var bytes = [UInt8](repeating: 0, count: 2048)
            var span = bytes.mutableSpan
            // SAFETY: bytes have no padding.
            var room = unsafe span.mutableBytes
            _ = watch.take(.read)
            switch try Transfer.receiveDatagram(socket.number, into: &room) {
            case .wouldBlock:
                _ = try watch.wait(for: .read, timeout: nil)
            case .done(let datagram):
                let query = ForgedQuery(Array(bytes.prefix(datagram.byteCount)), isTCP: false)
                guard let query, let sender = datagram.sender else { continue }
                queries.append(query)
                askers.insert(sender)
                try beforeAnswer(query, sender)
                for answer in script(query) { try send(answer, to: sender) }
            }
        }
    }

    private func send(_ bytes: [UInt8], to receiver: SocketAddress) throws {
        // SAFETY: bytes have no padding.
        let span = unsafe bytes.span.bytes
        _ = try Transfer.sendDatagram(socket.number, span, to: receiver)
    }

    private func serveStreams() throws {
        while true {
            let stream = try listener.accept()
            servers.append(spawnRaw { try self.serve(stream) })
        }
    }

    private func serve(_ stream: TCPStream) throws {
        defer { stream.close() }
        do {
            while true {
                let head = try stream.readExactly(2)
                let bytes = try stream.readExactly(Int(head[0]) << 8 | Int(head[1]))
                guard let query = ForgedQuery(bytes, isTCP: true) else { return }
                queries.append(query)
                try onStream(query, stream)
            }
        } catch is UnexpectedEnd {
        } catch is SystemError {
            // The client has gone, which is its right.
        }
    }
}
