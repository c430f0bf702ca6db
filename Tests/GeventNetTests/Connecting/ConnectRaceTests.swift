// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSystem
import GeventTestSupport
import Testing

@testable import GeventNet

@Suite struct ConnectRaceTests {
    @Test func `takes families in turn`() throws {
        let text = ConnectRace.alternating([
            six(1), six(2), six(3), .loopback(port: 1), .loopback(port: 2),
        ]).map(\.description)

        #expect(text == ["[::1]:1", "127.0.0.1:1", "[::1]:2", "127.0.0.1:2", "[::1]:3"])
    }

    @Test func `begins the next attempt at once when one has failed`() throws {
        let (order, errors) = try onHub {
            var order: [UInt16] = []
            let race = ConnectRace(
                host: "h", addresses: [.loopback(port: 1), .loopback(port: 2)], timeout: nil,
                limit: Limit(nil))
            let error = errorOf {
                // Far below the 250 ms of a slow attempt.
                _ = try withTimeout(.milliseconds(200)) {
                    try race.run { address in
                        order.append(address.port ?? 0)
                        throw SystemError(call: "connect", code: 111)
                    }
                }
            }
            return (order, (error as? ConnectError)?.attempts.map(\.address.port))
        }

        #expect(order == [1, 2])
        #expect(errors == [1, 2])
    }

    @Test func `does not wait for an address that keeps silent, and ends that attempt`() throws {
        let (peer, ended) = try onHub(.inOrder) {
            let silent = try SilentHost()
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            var ended = false
            let race = ConnectRace(
                host: "h", addresses: [silent.address, listener.address], timeout: .seconds(60),
                limit: Limit(.seconds(60)))
            let connector = Connector(timeout: nil)
            let connection = try race.run { address in
                defer { if address == silent.address { ended = true } }
                return try connector.open(address, timeout: nil)
            }
            try sleep()
            return (connection.peer == listener.address, ended)
        }

        #expect(peer)
        #expect(ended)
    }

    @Test func `ends all attempts when it is killed or out of time`() throws {
        let (error, killed, left) = try onHub(.inOrder) {
            let silent = try SilentHost()
            func race(_ timeout: Duration?) throws {
                let race = ConnectRace(
                    host: "h", addresses: [silent.address, silent.address], timeout: timeout,
                    limit: Limit(timeout))
                let connector = Connector(timeout: nil)
                _ = try race.run { try connector.open($0, timeout: nil) }
            }
            let before = Hub.current.greenletCount
            let error = errorOf { try race(.milliseconds(2)) }
            let racer = spawn { try race(nil) }
            try sleep(.milliseconds(1))
            try racer.kill()
            try sleep()
            return (error, racer.isKilled, Hub.current.greenletCount - before)
        }

        #expect((error as? SocketTimeoutError)?.operation == "connect")
        #expect(killed)
        #expect(left == 0)
    }

    @Test func `connects from the address that it is told`() throws {
        let (source, error) = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            let from = try #require(SocketAddress("127.0.0.77", port: 0))
            let stream = try connect(host: "127.0.0.1", port: listener.port, source: from)
            let error = errorOf {
                _ = try connect(host: "127.0.0.1", port: 1, source: .loopback(.ipv6, port: 0))
            }
            return (stream.localAddress?.host, (error as? SystemError)?.name)
        }

        #expect(source == "127.0.0.77")
        #expect(error == "EADDRNOTAVAIL")
    }

    private func six(_ port: UInt16) -> SocketAddress { .loopback(.ipv6, port: port) }
}
