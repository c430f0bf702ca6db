// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct ConnectTests {
    @Test func `says who refused`() throws {
        let outcome = try onHub {
            // Bound and not listening, so that nobody else gets the port meanwhile.
            let bound = try SocketCalls.open(.ipv4, .stream)
            try SocketCalls.bind(bound.number, to: .loopback(port: 0))
            let address = try #require(try SocketCalls.localAddress(bound.number))
            let direct = errorOf { _ = try TCPStream(to: address) } as? SystemError
            let byHost = errorOf {
                _ = try TCPStream(host: "127.0.0.1", port: address.port ?? 0)
            }
            return (direct?.name, byHost as? ConnectError, address)
        }

        #expect(outcome.0 == "ECONNREFUSED")
        #expect(outcome.1?.attempts.map(\.address) == [outcome.2])
        #expect(
            outcome.1?.description
                == "cannot connect to 127.0.0.1: \(outcome.2): Connection refused (ECONNREFUSED)")
    }

    @Test func `tries the addresses of a name in turn`() throws {
        let text = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            spawn { try listener.accept().write("hello") }
            let stream = try connect(host: "localhost", port: listener.port, timeout: .seconds(5))
            return String(decoding: try stream.readExactly(5), as: UTF8.self)
        }

        #expect(text == "hello")
    }

    @Test func `looks up names, and asks nobody about numbers`() throws {
        let found = try onHub {
            let switchesNever = spawn { preconditionFailure("a look-up of numbers has switched") }
            let numbers = try lookup("127.0.0.1", port: 7)
            kill(switchesNever)
            return (numbers, try lookup("localhost"))
        }

        #expect(found.0 == [.loopback(port: 7)])
        #expect(found.1.contains { $0.host == "127.0.0.1" || $0.host == "::1" })
    }

    @Test func `refuses a name that no host can have`() throws {
        let error = try onHub { errorOf { _ = try lookup("local\0host") } as? LookupError }

        #expect(error?.isNotFound == true)
    }

    @Test func `looks up names while others run`() throws {
        let count = try onHub {
            let lookups = (0..<30).map { _ in spawn { try lookup("localhost") } }
            try joinAll(lookups)
            return lookups.filter(\.isSuccessful).count
        }

        #expect(count == 30)
    }
}
