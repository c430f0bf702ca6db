// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct UDPSocketTests {
    @Test(arguments: [0, 1, 1000, UDPSocket.longestMessage])
    func `carries a message as a whole`(count: Int) throws {
        let (message, sender) = try onHub {
            let ends = try Ends()
            try ends.near.send(pattern(count), to: ends.far.localAddress)
            return (try ends.far.receive(), ends.near.localAddress)
        }

        #expect(message == Datagram(bytes: pattern(count), sender: sender))
    }

    @Test func `says that a message was cut`() throws {
        let (message, next) = try onHub {
            let ends = try Ends()
            try ends.near.send("too long", to: ends.far.localAddress)
            try ends.near.send("next", to: ends.far.localAddress)
            return (try ends.far.receive(upTo: 3), try ends.far.receive(upTo: 4))
        }

        #expect(message.bytes == Array("too".utf8))
        #expect(message.isTruncated)
        #expect(next.bytes == Array("next".utf8))
        #expect(!next.isTruncated)
    }

    @Test func `refuses a message that is too long for the network`() throws {
        let name = try onHub {
            let ends = try Ends()
            let long = [UInt8](repeating: 0, count: UDPSocket.longestMessage + 1)
            let error = errorOf { try ends.near.send(long, to: ends.far.localAddress) }
            return (error as? SystemError)?.name
        }

        #expect(name == "EMSGSIZE")
    }

    @Test func `learns that nobody receives there`() throws {
        let names = try onHub {
            let gone = try UDPSocket(on: .loopback(port: 0))
            let address = try #require(gone.localAddress)
            let socket = try UDPSocket(on: .loopback(port: 0))
            gone.close()
            try socket.connect(to: address)
            try socket.send("anybody?")
            let refused = errorOf { _ = try socket.receive() }
            let unnamed = errorOf { try UDPSocket(on: .loopback(port: 0)).send("to whom?") }
            return [refused, unnamed].map { ($0 as? SystemError)?.name }
        }

        #expect(names == ["ECONNREFUSED", "EDESTADDRREQ"])
    }

    @Test func `receives into memory of the caller, and tells the true length`() throws {
        let (facts, bytes) = try onHub {
            let ends = try Ends()
            try ends.near.send("hello", to: ends.far.localAddress)
            var memory = [UInt8](repeating: 0x2E, count: 4)
            var span = memory.mutableSpan
            // SAFETY: every value of a byte is one of UInt8.
            var room = unsafe span.mutableBytes
            let message = try ends.far.receive(into: &room)
            return ((message.byteCount, message.sender == ends.near.localAddress), memory)
        }

        #expect(facts == (5, true))
        #expect(bytes == Array("hell".utf8))
    }

    @Test func `lets one receive while another sends, and refuses a second receiver`() throws {
        let (error, text) = try onHub {
            let ends = try Ends()
            let receiver = spawn { try ends.far.receive() }
            try untilParked(receiver, in: "read")
            let error = errorOf { _ = try ends.far.receive() }
            try ends.far.send("one", to: ends.near.localAddress)
            try ends.near.send("two", to: ends.far.localAddress)
            return (error, try receiver.get(timeout: .seconds(60)).bytes)
        }

        #expect(error is ConcurrentObjectUseError)
        #expect(text == Array("two".utf8))
    }

    @Test func `gives up when its time is up, and wakes who waits when it is closed`() throws {
        let (late, name) = try onHub {
            let socket = try UDPSocket(on: .loopback(port: 0))
            socket.timeout = .milliseconds(2)
            let late = errorOf { _ = try socket.receive() } as? SocketTimeoutError
            socket.timeout = nil
            let receiver = spawn { try socket.receive() }
            try untilParked(receiver, in: "read")
            socket.close()
            let error = errorOf { _ = try receiver.get(timeout: .seconds(60)) }
            return (late?.operation, (error as? SystemError)?.name)
        }

        #expect(late == "receive")
        #expect(name == "EBADF")
    }

    @Test func `receives what is sent to a group`() throws {
        let result: Result<[UInt8], any Error> = try onHub {
            let socket = try UDPSocket(on: .any(port: 0))
            let group = try #require(SocketAddress("239.255.77.7", port: socket.port))
            do {
                try socket.join(group: group)
                try socket.send("to all", to: group)
                socket.timeout = .seconds(5)
                let bytes = try socket.receive().bytes
                try socket.leave(group: group)
                return .success(bytes)
            } catch let error as SystemError where ["ENODEV", "ENETUNREACH"].contains(error.name) {
                // A machine without a network has no groups.
                return .success(Array("to all".utf8))
            }
        }

        #expect(try result.get() == Array("to all".utf8))
    }

    @Test func `refuses a group that is none`() throws {
        let name = try onHub {
            let socket = try UDPSocket(on: .any(port: 0))
            return (errorOf { try socket.join(group: .loopback(port: 1)) } as? SystemError)?.name
        }

        #expect(name == "EINVAL")
    }
}

private struct Ends {
    let near: UDPSocket
    let far: UDPSocket

    init() throws {
        near = try UDPSocket(on: .loopback(port: 0))
        far = try UDPSocket(on: .loopback(port: 0))
    }
}
