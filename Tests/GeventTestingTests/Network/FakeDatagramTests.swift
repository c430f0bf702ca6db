// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import GeventTesting
import Testing

@Suite struct FakeDatagramTests {
    /// The numbers that arrive of those that are sent over a link.
    private func arrivals(
        of count: Int, over link: FakeLink, seed: UInt64 = 3
    ) throws -> [Int] {
        try onHub {
            let network = FakeNetwork(seed: seed, link: link)
            let receiver = try network.host("b").datagramSocket(port: 53)
            let sender = try network.host("a").datagramSocket()
            for number in 0..<count { try sender.send([UInt8(number)], to: "b", port: 53) }
            receiver.timeout = .milliseconds(50)
            var numbers: [Int] = []
            while let message = try? receiver.receive() { numbers.append(Int(message.bytes[0])) }
            return numbers
        }
    }

    @Test func `arrives whole, with its sender, who can be answered`() throws {
        try onHub {
            let network = FakeNetwork()
            let server = try network.host("server").datagramSocket(port: 53)
            let client = try network.host("client").datagramSocket()
            try client.send(Array("question".utf8), to: "server", port: 53)

            let question = try server.receive()
            try server.send(
                question.bytes.reversed(), to: try #require(question.sender))
            let answer = try client.receive()

            #expect(question.sender == client.address)
            #expect(answer == Datagram(bytes: Array("noitseuq".utf8), sender: server.address))
        }
    }

    @Test func `is lost as often as the link says`() throws {
        let got = try arrivals(of: 200, over: FakeLink(loss: 0.3))

        #expect((100..<180).contains(got.count))
        #expect(got == got.sorted())
    }

    @Test func `arrives twice as often as the link says`() throws {
        let got = try arrivals(of: 100, over: FakeLink(duplication: 0.5))

        #expect((120..<180).contains(got.count))
        #expect(Set(got) == Set(0..<100))
    }

    @Test func `is overtaken where the link reorders`() throws {
        let link = FakeLink(latency: .milliseconds(5), reordering: 0.3)
        let got = try arrivals(of: 50, over: link)

        #expect(got != got.sorted())
        #expect(got.sorted() == Array(0..<50))
    }

    @Test func `meets the same fate for the same seed`() throws {
        let link = FakeLink(loss: 0.5)
        let fates = try (0..<3 as Range<UInt64>).map { try arrivals(of: 100, over: link, seed: $0) }

        #expect(try arrivals(of: 100, over: link, seed: 0) == fates[0])
        #expect(Set(fates).count == 3)
    }

    @Test func `is lost without a socket, beyond a cut, and beyond the room of the socket`() throws
    {
        try onHub {
            let network = FakeNetwork()
            let sender = try network.host("a").datagramSocket()
            let receiver = try network.host("b").datagramSocket(port: 1)
            receiver.timeout = .milliseconds(1)
            try sender.send([1], to: "b", port: 2)
            network.partition(["a"], ["b"])
            try sender.send([1], to: "b", port: 1)
            #expect(throws: SocketTimeoutError.self) { try receiver.receive() }
            network.heal()
            for _ in 0..<300 { try sender.send([2], to: "b", port: 1) }

            var count = 0
            while (try? receiver.receive()) != nil { count += 1 }

            #expect(count == FakeDatagramSocket.room)
        }
    }

    @Test func `is refused when it is too long, or the socket closed`() throws {
        try onHub {
            let network = FakeNetwork()
            let socket = try network.host("a").datagramSocket()
            let receiver = spawn { try socket.receive() }
            try sleep()

            #expect(throws: SystemError(call: "sendto", code: 90, note: "65508 bytes")) {
                try socket.send([UInt8](repeating: 0, count: 65_508), to: "a", port: 1)
            }
            socket.close()
            #expect(throws: SystemError(call: "recvfrom", code: 9)) { try receiver.get() }
            #expect(throws: SystemError(call: "sendto", code: 9)) {
                try socket.send([], to: "a", port: 1)
            }
        }
    }
}
