// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct StreamServerTests {
    @Test(arguments: Mode.allCases)
    func `serves from its start to its stop`(mode: Mode) throws {
        let seen = try onHub {
            let server = try StreamServer("127.0.0.1:0", spawn: mode.spawn, echo)
            let before = (server.isStarted, server.isClosed, server.port)
            try server.start()
            let port = server.port
            let during = try (server.isStarted, server.isClosed, server.answer(to: "hello"))
            try server.stop()
            let after = (server.isStarted, server.isClosed, server.refuses(port))
            return (before, during, after)
        }

        #expect(seen.0 == (false, true, 0))
        #expect(seen.1 == (true, false, "hello"))
        #expect(seen.2 == (false, true, true))
    }

    @Test func `leaves connections in the backlog while it does not accept`() throws {
        let seen = try onHub {
            let server = try StreamServer("127.0.0.1:0", echo)
            try server.start()
            try server.stopAccepting()
            try server.stopAccepting()
            let client = try server.client()
            try client.write("waiting\n")
            for _ in 0..<3 { try untilPolled() }
            let meanwhile = (server.isStarted, server.connectionCount)
            try server.startAccepting()
            try server.startAccepting()
            let line = try client.readLine()
            client.close()
            try server.stop()
            return (meanwhile, line)
        }

        #expect(seen.0 == (true, 0))
        #expect(seen.1 == "waiting")
    }

    @Test func `can be started again after a stop`() throws {
        let answers = try onHub {
            let server = try StreamServer("127.0.0.1:0", echo)
            return try (0..<3).map { round in
                try server.start()
                try server.start()
                let answer = try server.answer(to: "round \(round)")
                try server.stop()
                return answer
            }
        }

        #expect(answers == ["round 0", "round 1", "round 2"])
    }

    @Test func `serves three hundred at once`() throws {
        let right = try onHub {
            let server = try StreamServer("127.0.0.1:0", backlog: 512, echo)
            try server.start()
            let clients = (0..<300).map { number in
                spawn { try server.answer(to: "client \(number)") == "client \(number)" }
            }
            try joinAll(clients)
            try server.stop()
            return clients.filter { $0.value == true }.count
        }

        #expect(right == 300)
    }

    @Test(.tags(.slow)) func `lets no more wait than its backlog has places for`() throws {
        let seen = try onHub {
            // A backlog of zero has one place.
            let server = try StreamServer("127.0.0.1:0", backlog: 0, echo)
            try server.start()
            try server.stopAccepting()
            let first = try server.client()
            let address = SocketAddress.loopback(port: server.port)
            let error = errorOf {
                _ = try TCPStream(to: address, timeout: .milliseconds(50))
            }
            try server.startAccepting()
            try first.write("first\n")
            let line = try first.readLine()
            first.close()
            try server.stop()
            return (error is SocketTimeoutError, line)
        }

        #expect(seen == (true, "first"))
    }

    @Test func `accepts from a listener that it is given, once`() throws {
        let seen = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            let server = StreamServer(listener, echo)
            let isOpen = !server.isClosed
            try server.start()
            let answer = try server.answer(to: "given")
            try server.stop()
            let error = errorOf { try server.start() } as? SystemError
            return (isOpen, answer, listener.isClosed, error?.name)
        }

        #expect(seen == (true, "given", true, "EBADF"))
    }

    @Test func `accepts from the socket of another hub`() throws {
        let answer = try onHub {
            let port: UInt16
            let detached: DetachedSocket
            do {
                let listener = try TCPListener(host: "127.0.0.1", port: 0)
                port = listener.port
                detached = try listener.detach()
            }
            let box = InheritedBox(detached)
            return try onHub {
                let server = try StreamServer(attaching: try box.take(), echo)
                try server.start()
                defer { _ = try? server.stop() }
                #expect(server.port == port)
                return try server.answer(to: "moved")
            }
        }

        #expect(answer == "moved")
    }

    @Test func `refuses a socket that does not listen`() throws {
        let name = try onHub {
            let ends = try Connected()
            let error = errorOf {
                _ = try StreamServer(attaching: ends.client.detach(), echo)
            }
            return (error as? SystemError)?.name
        }

        #expect(name == "EPROTOTYPE")
    }

    @Test func `serves Unix sockets, abstract names among them`() throws {
        let seen = try onHub {
            let name = "gevent-test-\(HubTag.next())"
            let server = try StreamServer("unix:@\(name)", echo)
            try server.start()
            let client = try UnixStream(to: SocketAddress(abstractName: Array(name.utf8)))
            try client.write("local\n")
            let line = try client.readLine()
            let refusal = errorOf {
                try StreamServer("unix:@\(name)x", reusePort: true, echo).start()
            }
            client.close()
            try server.stop()
            return (line, (refusal as? SystemError)?.name)
        }

        #expect(seen == ("local", "EOPNOTSUPP"))
    }

    @Test func `hands the prepared stream to the handler, without holding up others`() throws {
        let answers = try onHub {
            let gate = Event()
            let server = try StreamServer(
                "127.0.0.1:0",
                prepare: { stream in
                    if try stream.readLine() == "slow" { try gate.wait() }
                    try stream.write("prepared\n")
                    return stream
                }, echo)
            try server.start()
            let slow = try server.client()
            try slow.write("slow\nlast\n")
            try server.untilServing(1)
            let quick = try server.client()
            try quick.write("quick\nfirst\n")
            let first = try [quick.readLine(), quick.readLine()]
            gate.set()
            let last = try [slow.readLine(), slow.readLine()]
            slow.close()
            quick.close()
            try server.stop()
            return [first, last]
        }

        #expect(answers == [["prepared", "first"], ["prepared", "last"]])
    }
}
