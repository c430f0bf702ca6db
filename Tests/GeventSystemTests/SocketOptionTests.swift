// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Glibc
import Testing

@Suite struct SocketOptionTests {
    @Test(arguments: [
        SocketOption.reuseAddress, .reusePort, .keepAlive, .broadcast, .noDelay,
    ])
    func `switches on and off`(option: SocketOption) throws {
        let socket = try SocketCalls.open(.ipv4, .stream)

        try option.set(1, on: socket.number)
        #expect(try option.value(of: socket.number) != 0)
        try option.set(0, on: socket.number)
        #expect(try option.value(of: socket.number) == 0)
    }

    @Test(
        arguments: [
            (SocketOption.keepIdleSeconds, 77), (.keepIntervalSeconds, 7), (.keepCount, 3),
            (.userTimeoutMilliseconds, 1_234),
        ] as [(SocketOption, Int32)])
    func `keeps a number`(option: SocketOption, value: Int32) throws {
        let socket = try SocketCalls.open(.ipv4, .stream)

        try option.set(value, on: socket.number)

        #expect(try option.value(of: socket.number) == value)
    }

    @Test func `tells what a socket is`() throws {
        let socket = try SocketCalls.open(.ipv6, .datagram)

        #expect(try SocketOption.family.value(of: socket.number) == AF_INET6)
        #expect(try SocketOption.kind.value(of: socket.number) == 2)
        #expect(try SocketOption.isListening.value(of: socket.number) == 0)
    }

    @Test func `refuses what is no socket`() throws {
        let pipe = try Pipe()

        #expect(throws: SystemError(call: "getsockopt", code: ENOTSOCK)) {
            try SocketOption.takeError(pipe.readEnd.number)
        }
    }
}
