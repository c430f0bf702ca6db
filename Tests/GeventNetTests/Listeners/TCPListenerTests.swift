// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct TCPListenerTests {
    @Test func `tells which port it was given`() throws {
        let ports = try onHub {
            let listeners = try (0..<2).map { _ in try TCPListener(host: "127.0.0.1", port: 0) }
            return listeners.map(\.port)
        }

        #expect(ports.allSatisfy { $0 > 0 })
        #expect(ports[0] != ports[1])
    }

    @Test func `refuses a port that is taken`() throws {
        let name = try onHub {
            let first = try TCPListener(host: "127.0.0.1", port: 0)
            let error = errorOf { _ = try TCPListener(host: "127.0.0.1", port: first.port) }
            return (error as? SystemError)?.name
        }

        #expect(name == "EADDRINUSE")
    }

    @Test func `listens on an IPv6 address`() throws {
        let text = try onHub {
            let listener = try TCPListener(host: "::1", port: 0)
            let client = try TCPStream(to: listener.address)
            try listener.accept().write("six")
            return String(decoding: try client.readExactly(3), as: UTF8.self)
        }

        #expect(text == "six")
    }

    @Test func `serves three hundred at once`() throws {
        let outcome = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0, backlog: 512)
            let accepter = spawn {
                while true {
                    let peer = try listener.accept()
                    spawn {
                        defer { peer.close() }
                        while let line = try peer.readLine() { try peer.write(line + "\n") }
                    }
                }
            }
            let clients = (0..<300).map { number in
                spawn {
                    let stream = try TCPStream(host: "127.0.0.1", port: listener.port)
                    defer { stream.close() }
                    try stream.write("client \(number)\n")
                    return try stream.readLine() == "client \(number)"
                }
            }
            try joinAll(clients)
            kill(accepter)
            return (clients.filter { $0.value == true }.count, Hub.current.mostGreenlets)
        }

        #expect(outcome.0 == 300)
        #expect(outcome.1 >= 300)
    }
}
