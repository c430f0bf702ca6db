// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct FamiliesTests {
    @Test func `takes peers of both families where it listens everywhere`() throws {
        let (peers, text) = try onHub {
            let listener = try TCPListener(host: "::", port: 0)
            let four = try TCPStream(to: .loopback(port: listener.port))
            let fromFour = try listener.accept()
            let six = try TCPStream(to: .loopback(.ipv6, port: listener.port))
            let fromSix = try listener.accept()
            try fromFour.write("mapped\n")
            withExtendedLifetime(six) {}
            return ([fromFour, fromSix].map { $0.remoteAddress?.host }, try four.readLine())
        }

        #expect(peers == ["::ffff:127.0.0.1", "::1"])
        #expect(text == "mapped")
    }

    @Test func `reaches an IPv4 listener by its mapped address`() throws {
        let text = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            let address = try #require(SocketAddress("::ffff:127.0.0.1", port: listener.port))
            let stream = try TCPStream(to: address)
            try listener.accept().write("four\n")
            return try stream.readLine()
        }

        #expect(text == "four")
    }

    @Test func `leaves IPv4 to others when it is told to`() throws {
        let (both, four, six) = try onHub {
            let other = try SocketCalls.open(.ipv4, .stream)
            try SocketCalls.bind(other.number, to: .loopback(port: 0))
            let port = try #require(try SocketCalls.localAddress(other.number)?.port)
            let both = errorOf { _ = try TCPListener(on: .any(.ipv6, port: port)) }
            let listener = try TCPListener(on: .any(.ipv6, port: port), onlyIPv6: true)
            let four = errorOf { _ = try TCPStream(to: .loopback(port: port)) }
            let client = try TCPStream(to: .loopback(.ipv6, port: port))
            let six = try listener.accept().remoteAddress == client.localAddress
            return ((both as? SystemError)?.name, (four as? SystemError)?.name, six)
        }

        #expect(both == "EADDRINUSE")
        #expect(four == "ECONNREFUSED")
        #expect(six)
    }

    @Test func `carries messages between the families`() throws {
        let (sender, answer) = try onHub {
            let six = try UDPSocket(on: .any(.ipv6, port: 0))
            let four = try UDPSocket(on: .loopback(port: 0))
            try four.send("question", to: .loopback(port: six.port))
            let question = try six.receive()
            try six.send("answer", to: question.sender)
            return (question.sender, try four.receive().bytes)
        }

        #expect(sender?.host == "::ffff:127.0.0.1")
        #expect(answer == Array("answer".utf8))
    }
}
