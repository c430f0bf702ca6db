// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct ServerHubTests {
    @Test func `refuses use from another hub`() throws {
        let areRefused = try onHub {
            // SAFETY: this thread waits while the other one looks.
            nonisolated(unsafe) let server = try StreamServer("127.0.0.1:0", echo)
            return try onHub {
                [
                    errorOf { try unsafe server.start() }, errorOf { try unsafe server.stop() },
                    errorOf { try unsafe server.close() },
                    errorOf { try unsafe server.stopAccepting() },
                    errorOf { try unsafe server.startAccepting() },
                    errorOf { try unsafe server.serveForever() },
                ].map { $0 is InvalidThreadUseError }
            }
        }

        #expect(areRefused == Array(repeating: true, count: 6))
    }

    @Test func `cannot accept before it is started`() throws {
        let name = try onHub {
            let server = try StreamServer("127.0.0.1:0", echo)
            return (errorOf { try server.startAccepting() } as? SystemError)?.name
        }

        #expect(name == "EBADF")
    }

    @Test(.tags(.slow)) func `shares a port with the server of another hub`() throws {
        let counts = try onHub {
            Hub.current.keepAlive()
            let first = Event()
            let second = Event()
            let served = [Semaphore(0), Semaphore(0)]
            let port = AsyncResult<UInt16>()
            let over = Event()
            let other = try Elsewhere {
                let server = try StreamServer("127.0.0.1:0", reusePort: true) { _, _ in
                    served[0].release()
                    first.set()
                }
                try server.start()
                port.set(server.port)
                try over.wait()
                try server.stop()
            }
            let address = SocketAddress.loopback(port: try port.get())
            let server = StreamServer(address, reusePort: true) { _, _ in
                served[1].release()
                second.set()
            }
            try server.start()
            // The kernel spreads by a hash of the addresses: both get one soon.
            var clients = 0
            while clients < 1000 && !(first.isSet && second.isSet) {
                let client = try TCPStream(to: address)
                _ = try client.read()
                client.close()
                clients += 1
            }
            over.set()
            try server.stop()
            try other.get()
            return (served.map(\.counter), clients)
        }

        #expect(counts.0.allSatisfy { $0 > 0 })
        #expect(counts.0.reduce(0, +) == counts.1)
    }

    @Test func `serves what waits in its queue of a shared port before it stops`() throws {
        let line = try onHub {
            let server = try StreamServer("127.0.0.1:0", reusePort: true) { stream, _ in
                try stream.write("served\n")
            }
            try server.start()
            try server.stopAccepting()
            let client = try server.client()
            try server.stop()
            return try client.readLine()
        }

        #expect(line == "served")
    }

    @Test func `shares a listener with the server of another hub`() throws {
        let line = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            Hub.current.keepAlive()
            let box = InheritedBox(try listener.duplicate())
            let over = Event()
            let ready = Event()
            let other = try Elsewhere {
                let server = try StreamServer(attaching: box.take(), echo)
                try server.start()
                ready.set()
                try over.wait()
                try server.stop()
            }
            try ready.wait()
            let client = try TCPStream(to: listener.address)
            try client.write("by the other\n")
            let line = try client.readLine()
            client.close()
            over.set()
            try other.get()
            return line
        }

        #expect(line == "by the other")
    }

    @Test func `refuses a second start while the first looks up its name`() throws {
        let seen = try onHub(.inOrder) {
            let server = try StreamServer("localhost:0", echo)
            let first = spawn { try server.start() }
            try untilParked(first, in: "")
            try sleep(.zero)
            let error = first.isReady ? nil : errorOf { try server.start() }
            try first.get()
            try server.stop()
            return error == nil || error is ConcurrentObjectUseError
        }

        #expect(seen)
    }
}
