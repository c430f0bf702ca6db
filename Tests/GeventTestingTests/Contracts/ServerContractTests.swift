// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTesting
import Testing

@Suite struct ServerContractTests {
    @Test(arguments: ServerContract.Clause.allCases, ServerContract.ours)
    func `keeps the contract of servers`(clause: ServerContract.Clause, kind: ServerContract) throws
    {
        try kind.check(clause)
    }

    @Test func `finds out a server that does not wait for its handlers`() {
        let hasty = ServerContract("hasty") { service in
            let server = try StreamServer("127.0.0.1:0") { stream, _ in try service.serve(stream) }
            return ServerContract.Subject(
                start: { try server.start() }, stop: { _ in try server.stop(timeout: .zero) },
                startAccepting: { try server.startAccepting() },
                stopAccepting: { try server.stopAccepting() }, isStarted: { server.isStarted },
                ask: { _ in nil })
        }

        #expect(throws: ContractBroken.self) { try hasty.check(.servesMany) }
    }
}

extension ServerContract {
    fileprivate static let ours = [
        ServerContract("StreamServer over TCP") { service in
            let server = try StreamServer("127.0.0.1:0", maxConnections: service.limit) {
                stream, _ in try service.serve(stream)
            }
            return Subject(server) { try connect(host: "127.0.0.1", port: server.port) }
        },
        ServerContract("StreamServer with a number of handlers") { service in
            let server = try StreamServer(
                "127.0.0.1:0", spawn: service.limit.map { .count($0) } ?? .default
            ) { stream, _ in try service.serve(stream) }
            return Subject(server) { try connect(host: "127.0.0.1", port: server.port) }
        },
        ServerContract("StreamServer over Unix", canRestart: false) { service in
            let name = Array("gevent-contract-\(UInt64.random(in: 0...UInt64.max))".utf8)
            let address = try SocketAddress(abstractName: name)
            let server = StreamServer(
                try UnixListener(on: address), maxConnections: service.limit
            ) { stream, _ in try service.serve(stream) }
            return Subject(server) { try UnixStream(to: address) }
        },
        ServerContract(
            "StreamServer over a fake network", canRestart: false, clock: .virtual(patience: .zero)
        ) { service in
            let network = FakeNetwork(
                seed: 7, link: FakeLink(latency: .milliseconds(1), jitter: .milliseconds(1)))
            let listener = try network.host("server").listen(port: 80)
            let client = network.host("client")
            let server = StreamServer(listener, maxConnections: service.limit) { stream, _ in
                try service.serve(stream)
            }
            return Subject(server) {
                withExtendedLifetime(network) {}
                return try client.connect(to: "server", port: 80)
            }
        },
        ServerContract("DatagramServer") { service in
            let server = try DatagramServer(
                "127.0.0.1:0", spawn: service.limit.map { .count($0) } ?? .default
            ) { bytes, sender, server in
                let answer = try service.answer(String(decoding: bytes, as: UTF8.self))
                try server.sendTo(Array(answer.utf8), sender)
            }
            return Subject(server) { (question: String) in
                let socket = try UDPSocket(on: .loopback(port: 0))
                try socket.send(question, to: .loopback(port: server.port))
                return String(decoding: try socket.receive().bytes, as: UTF8.self)
            }
        },
    ]
}
