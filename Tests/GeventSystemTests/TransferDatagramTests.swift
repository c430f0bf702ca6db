// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Glibc
import Testing

@Suite struct TransferDatagramTests {
    private func bound() throws -> Descriptor {
        let socket = try SocketCalls.open(.ipv4, .datagram)
        try SocketCalls.bind(socket.number, to: .loopback(port: 0))
        return socket
    }

    private func send(_ fd: Int32, _ bytes: [UInt8], to address: SocketAddress?) throws {
        // SAFETY: bytes have no padding.
        let attempt = unsafe try Transfer.sendDatagram(fd, bytes.span.bytes, to: address)
        #expect(attempt == .done(bytes.count))
    }

    private func receive(_ fd: Int32, upTo count: Int) throws -> Attempt<ReceivedDatagram> {
        var bytes = [UInt8](repeating: 0, count: count)
        var span = bytes.mutableSpan
        // SAFETY: bytes have no padding.
        var room = unsafe span.mutableBytes
        return try Transfer.receiveDatagram(fd, into: &room)
    }

    @Test func `tells who sent it`() throws {
        let sender = try bound()
        let receiver = try bound()
        let address = try SocketCalls.localAddress(receiver.number)

        try send(sender.number, [1, 2, 3], to: address)

        let from = try SocketCalls.localAddress(sender.number)
        guard case .done(let datagram) = try receive(receiver.number, upTo: 16) else {
            Issue.record("a datagram over the loopback did not arrive")
            return
        }
        #expect(datagram.byteCount == 3)
        #expect(datagram.sender == from)
        #expect(try receive(receiver.number, upTo: 16) == .wouldBlock)
    }

    @Test func `tells that a datagram was cut`() throws {
        let sender = try bound()
        let receiver = try bound()
        let address = try #require(try SocketCalls.localAddress(receiver.number))
        #expect(try SocketCalls.connect(sender.number, to: address) == .connected)

        try send(sender.number, [1, 2, 3], to: nil)

        guard case .done(let datagram) = try receive(receiver.number, upTo: 2) else {
            Issue.record("a datagram over the loopback did not arrive")
            return
        }
        #expect(datagram.byteCount == 3)
    }

    @Test func `carries nothing at all`() throws {
        let sender = try bound()
        let receiver = try bound()

        try send(sender.number, [], to: try SocketCalls.localAddress(receiver.number))

        guard case .done(let datagram) = try receive(receiver.number, upTo: 2) else {
            Issue.record("a datagram over the loopback did not arrive")
            return
        }
        #expect(datagram.byteCount == 0)
    }

    @Test func `refuses one that is too long`() throws {
        let sender = try bound()
        let bytes = [UInt8](repeating: 0, count: 70_000)

        #expect(throws: SystemError(call: "sendto", code: EMSGSIZE)) {
            // SAFETY: bytes have no padding.
            unsafe try Transfer.sendDatagram(
                sender.number, bytes.span.bytes, to: .loopback(port: 9))
        }
    }
}
