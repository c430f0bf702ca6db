// SPDX-License-Identifier: Apache-2.0
import Foundation
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct DetachTests {
    @Test func `moves a stream to another hub, with what was read ahead`() throws {
        let lines = try onHub {
            let ends = try Connected()
            try ends.client.write("one\ntwo\n")
            let first = try ends.server.readLine()
            let number = try ends.server.detach().release()
            #expect(ends.server.isClosed)
            return [first, try lineElsewhere(number)]
        }
        let carried = try onHub {
            let ends = try Connected()
            try ends.client.write("one\ntwo\n")
            _ = try ends.server.readLine()
            let detached = try ends.server.detach()
            let unread = detached.unread
            let stream = try TCPStream(attaching: detached)
            return (unread, try stream.readLine())
        }

        // A number alone carries no bytes, a detached socket does.
        #expect(lines == ["one", nil])
        #expect(carried.0 == Array("two\n".utf8))
        #expect(carried.1 == "two")
    }

    @Test func `wakes who waits for the stream that is given up`() throws {
        let name = try onHub {
            let ends = try Connected()
            let reader = spawn { try ends.client.read() }
            try untilParked(reader, in: "read")
            _ = try ends.client.detach().number
            return (errorOf { _ = try reader.get(timeout: .seconds(60)) } as? SystemError)?.name
        }

        #expect(name == "EBADF")
    }

    @Test func `takes over only what it is`() throws {
        let errors = try onHub {
            let (unix, _) = try UnixStream.pair()
            let udp = try UDPSocket(on: .loopback(port: 0))
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            return [
                errorOf { _ = try TCPStream(attaching: unix.detach()) },
                errorOf { _ = try TCPStream(attaching: udp.detach()) },
                errorOf { _ = try TCPStream(attaching: listener.detach()) },
                errorOf { _ = try DetachedSocket(adopting: -1).number },
            ].map { ($0 as? SystemError).map { "\($0.name ?? "") \($0.note ?? "")" } }
        }

        #expect(
            errors == [
                "EPROTOTYPE it is a unix stream socket", "EPROTOTYPE it is a ipv4 datagram socket",
                "EPROTOTYPE it is a ipv4 stream socket that listens", "EBADF ",
            ])
    }

    @Test func `makes a blocking socket of other code wait like the others`() throws {
        let turns = try onHub(.inOrder) {
            let (near, far) = try UnixStream.pair()
            let number = try near.detach().release()
            try setBlocking(number)
            let stream = try UnixStream(attaching: DetachedSocket(adopting: number))
            var turns = 0
            let ticker = spawn {
                while true {
                    turns += 1
                    try sleep(.zero)
                }
            }
            let reader = spawn { try stream.readLine() }
            try untilParked(reader, in: "read")
            try far.write("done\n")
            _ = try reader.get(timeout: .seconds(60))
            kill(ticker)
            return turns
        }

        #expect(turns > 0)
    }

    @Test func `shares the queue of a listener with another hub`() throws {
        let text = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            let number = try listener.duplicate().release()
            let elsewhere = try Elsewhere {
                let listener = try TCPListener(attaching: DetachedSocket(adopting: number))
                try listener.accept().write("from elsewhere\n")
                Hub.current.close()
            }
            let text = try TCPStream(to: listener.address).readLine()
            try elsewhere.get()
            return text
        }

        #expect(text == "from elsewhere")
    }
}

private func lineElsewhere(_ number: Int32) throws -> String? {
    try Elsewhere {
        let stream = try TCPStream(attaching: DetachedSocket(adopting: number))
        stream.timeout = .milliseconds(5)
        defer { Hub.current.close() }
        do { return try stream.readLine() } catch is SocketTimeoutError { return nil }
    }.get()
}

private func setBlocking(_ number: Int32) throws {
    guard fcntl(number, F_SETFL, fcntl(number, F_GETFL) & ~O_NONBLOCK) == 0 else {
        throw SystemError(call: "fcntl", code: errno)
    }
}
