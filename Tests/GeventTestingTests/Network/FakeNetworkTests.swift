// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import GeventTesting
import Testing

@Suite struct FakeNetworkTests {
    @Test func `refuses where nobody listens, and where a listener was closed`() throws {
        try onHub {
            let network = FakeNetwork(link: FakeLink(latency: .milliseconds(1)))
            let client = network.host("client")
            let listener = try network.host("server").listen(port: 80)
            listener.close()

            #expect(throws: SystemError(call: "connect", code: 111, note: "server:80")) {
                try client.connect(to: "server", port: 80)
            }
            #expect(throws: LookupError.self) { try client.connect(to: "nobody", port: 80) }
        }
    }

    @Test func `gets no answer from a host behind a cut`() throws {
        try onHub {
            let network = FakeNetwork()
            let client = network.host("client")
            _ = try network.host("server").listen(port: 80)
            network.partition(["client"], ["server"])

            #expect(
                throws: SocketTimeoutError(operation: "connect", duration: .milliseconds(3))
            ) {
                try client.connect(to: "server", port: 80, timeout: .milliseconds(3))
            }
            network.patience = .milliseconds(3)
            #expect(throws: SystemError(call: "connect", code: 110, note: "server:80")) {
                try client.connect(to: "server", port: 80)
            }
        }
    }

    @Test func `connects once the network is whole again`() throws {
        try onHub {
            let network = FakeNetwork(link: FakeLink(retransmission: .milliseconds(1)))
            _ = try network.host("server").listen(port: 80)
            let client = network.host("client")
            network.partition(from: ["server"], to: ["client"])
            let connecting = spawn { try client.connect(to: "server", port: 80) }
            try sleep(.milliseconds(5))
            #expect(!connecting.isReady)

            network.heal()

            let stream = try connecting.get()
            #expect(!stream.isClosed)
        }
    }

    @Test func `answers nobody beyond the backlog until there is room`() throws {
        try onHub {
            let network = FakeNetwork(link: FakeLink(retransmission: .milliseconds(1)))
            let listener = try network.host("server").listen(backlog: 1)
            let client = network.host("client")
            let first = try client.connect(to: "server", port: listener.port)
            let second = spawn { try client.connect(to: "server", port: listener.port) }
            try sleep(.milliseconds(5))
            #expect(!second.isReady)

            let accepted = try listener.accept()

            #expect(accepted.remoteAddress == first.localAddress)
            _ = try second.get()
        }
    }

    @Test func `resets who was not accepted when the listener is closed`() throws {
        try onHub {
            let network = FakeNetwork()
            let listener = try network.host("server").listen()
            let stream = try network.host("client").connect(to: "server", port: listener.port)
            let accepter = spawn { try network.host("other").listen(port: 1).accept() }
            try sleep()

            listener.close()

            #expect(throws: SystemError(call: "recv", code: 104)) { try stream.read(upTo: 1) }
            try accepter.kill()
            #expect(throws: SystemError(call: "accept4", code: 9)) { try listener.accept() }
        }
    }

    @Test func `gives no port twice`() throws {
        try onHub {
            let network = FakeNetwork()
            let host = network.host("a")
            _ = try host.listen(port: 80)
            _ = try host.datagramSocket(port: 80)

            #expect(throws: SystemError(call: "bind", code: 98, note: "a:80")) {
                try host.listen(port: 80)
            }
            #expect(throws: SystemError(call: "bind", code: 98, note: "a:80")) {
                try host.datagramSocket(port: 80)
            }
            #expect(try host.listen().port != host.listen().port)
        }
    }

    @Test func `knows its hosts by name`() throws {
        try onHub {
            let network = FakeNetwork()
            let server = network.host("server")
            #expect(network.host("server") === server)
            #expect(network.host("client").address != server.address)

            let found = try Resolvers.with(network.resolver) { try lookup("server", port: 80) }

            #expect(found == [server.address.with(port: 80)])
        }
    }

    @Test func `traps for a link that cannot be`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            try onHub { _ = FakeNetwork(link: FakeLink(loss: 1)) }
        }

        #expect(result.errorText.contains("a link's chances are from 0 to 1"))
    }
}
