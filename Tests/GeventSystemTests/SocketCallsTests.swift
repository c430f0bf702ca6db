// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Glibc
import Testing

@Suite struct SocketCallsTests {
    private func listener(_ family: SocketAddress.Family) throws -> Descriptor {
        let socket = try SocketCalls.open(family, .stream)
        try SocketCalls.bind(socket.number, to: .loopback(family, port: 0))
        try SocketCalls.listen(socket.number, backlog: 8)
        return socket
    }

    /// Blocks this thread until a descriptor is ready, 2 s at most.
    private func wait(_ fd: Int32, _ interest: EpollFlags) throws {
        let epoll = try Epoll()
        let events = EpollEvents(capacity: 1)
        try epoll.add(fd, interest: interest, token: 0)
        #expect(try epoll.wait(into: events, nanoseconds: 2_000_000_000) == 1)
    }

    @Test(arguments: [SocketAddress.Family.ipv4, .ipv6])
    func `connects over the loopback`(family: SocketAddress.Family) throws {
        let listener = try listener(family)
        let address = try #require(try SocketCalls.localAddress(listener.number))
        #expect(address.port != 0)
        guard case .wouldBlock = try SocketCalls.accept(listener.number) else {
            Issue.record("there is a connection before anybody connects")
            return
        }

        let client = try SocketCalls.open(family, .stream)
        if try SocketCalls.connect(client.number, to: address) == .inProgress {
            try wait(client.number, .writable)
        }
        #expect(try SocketOption.takeError(client.number) == 0)
        try wait(listener.number, .readable)
        guard case .done(let accepted) = try SocketCalls.accept(listener.number) else {
            Issue.record("a ready listener has no connection")
            return
        }

        #expect(try SocketCalls.peerAddress(client.number) == address)
        #expect(accepted.peer == (try SocketCalls.localAddress(client.number)))
        #expect(fcntl(accepted.descriptor.number, F_GETFL) & O_NONBLOCK != 0)
        #expect(fcntl(accepted.descriptor.number, F_GETFD) == FD_CLOEXEC)
    }

    @Test func `connects to an abstract name, whose client has none`() throws {
        let name = try SocketAddress(abstractName: Array("gevent-\(getpid())-connect".utf8))
        let listener = try SocketCalls.open(.unix, .stream)
        try SocketCalls.bind(listener.number, to: name)
        try SocketCalls.listen(listener.number, backlog: 1)
        let client = try SocketCalls.open(.unix, .stream)

        #expect(try SocketCalls.connect(client.number, to: name) == .connected)

        guard case .done(let accepted) = try SocketCalls.accept(listener.number) else {
            Issue.record("a connected listener has no connection")
            return
        }
        #expect(accepted.peer?.family == .unix)
        #expect(accepted.peer?.unixPath == nil)
        #expect(accepted.peer?.description == "unix:")
    }

    @Test func `cannot wait for a Unix listener whose queue is full`() throws {
        let name = try SocketAddress(abstractName: Array("gevent-\(getpid())-full".utf8))
        let listener = try SocketCalls.open(.unix, .stream)
        try SocketCalls.bind(listener.number, to: name)
        try SocketCalls.listen(listener.number, backlog: 0)
        let first = try SocketCalls.open(.unix, .stream)
        let second = try SocketCalls.open(.unix, .stream)
        #expect(try SocketCalls.connect(first.number, to: name) == .connected)

        let error = #expect(throws: SystemError.self) {
            try SocketCalls.connect(second.number, to: name)
        }

        #expect(error?.code == EAGAIN)
    }

    @Test func `names the address that is taken`() throws {
        let listener = try listener(.ipv4)
        let address = try #require(try SocketCalls.localAddress(listener.number))
        let other = try SocketCalls.open(.ipv4, .stream)

        #expect(throws: SystemError(call: "bind", code: EADDRINUSE, note: "\(address)")) {
            try SocketCalls.bind(other.number, to: address)
        }
    }

    @Test func `says that nobody listens`() throws {
        let name = try SocketAddress(abstractName: Array("gevent-\(getpid())-nobody".utf8))
        let client = try SocketCalls.open(.unix, .stream)

        #expect(throws: SystemError(call: "connect", code: ECONNREFUSED, note: "\(name)")) {
            try SocketCalls.connect(client.number, to: name)
        }
    }

    @Test func `ends one direction`() throws {
        let pair = try SocketCalls.openPair()

        try SocketCalls.shutDown(pair.first.number, .writing)

        #expect(try Bytes.receive(pair.second.number) == .done([]))
        #expect(try Bytes.send(pair.second.number, [1]) == .done(1))
    }

    @Test func `says that a socket without a peer has none`() throws {
        let socket = try SocketCalls.open(.ipv4, .stream)

        #expect(throws: SystemError(call: "getpeername", code: ENOTCONN)) {
            try SocketCalls.peerAddress(socket.number)
        }
        #expect(throws: SystemError(call: "shutdown", code: ENOTCONN)) {
            try SocketCalls.shutDown(socket.number, .both)
        }
    }
}
