// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct WaitReadableTests {
    @Test func `waits until there is something to read`() throws {
        let order = try onHub {
            let (near, far) = try UnixStream.pair()
            let number = try near.detach().release()
            defer { _ = OwnedDescriptor(owning: number) }
            var order: [String] = []
            let waiter = spawn {
                try waitReadable(number)
                order.append("ready")
            }
            try untilParked(waiter, in: "read")
            order.append("written")
            try far.write("x")
            try waiter.get(timeout: .seconds(60))
            return order
        }

        #expect(order == ["written", "ready"])
    }

    @Test func `returns when it is ready already, in either direction`() throws {
        try onHub {
            let (near, far) = try UnixStream.pair()
            defer { withExtendedLifetime((near, far)) {} }
            try far.write("x")
            try near.withDescriptor { number in
                try waitReadable(number, timeout: .seconds(60))
                try waitWritable(number, timeout: .seconds(60))
            }
        }
    }

    @Test func `gives up when its time is up`() throws {
        let operations = try onHub {
            let (near, far) = try UnixStream.pair()
            defer { withExtendedLifetime((near, far)) {} }
            defer { far.close() }
            let number = try near.withDescriptor { $0 }
            near.timeout = .milliseconds(20)
            _ = errorOf { try near.write(flood) }
            return [
                errorOf { try waitReadable(number, timeout: .milliseconds(1)) },
                errorOf { try waitWritable(number, timeout: .milliseconds(1)) },
            ].map { ($0 as? SocketTimeoutError)?.operation }
        }

        #expect(operations == ["waitReadable", "waitWritable"])
    }

    @Test func `lets two greenlets wait for one descriptor, and leaves it as it was`() throws {
        let flags = try onHub {
            let (near, far) = try UnixStream.pair()
            defer { withExtendedLifetime((near, far)) {} }
            let number = try near.withDescriptor { $0 }
            let before = try descriptorFlags(number)
            let waiters = [spawn { try waitReadable(number) }, spawn { try waitReadable(number) }]
            for waiter in waiters { try untilParked(waiter, in: "read") }
            try far.write("x")
            for waiter in waiters { try waiter.get(timeout: .seconds(60)) }
            return (before, try descriptorFlags(number))
        }

        #expect(flags.0 == flags.1)
    }

    @Test func `finds a regular file ready, and nothing that is not open`() throws {
        let scratch = try Scratch()
        let path = try scratch.write([1], to: "file")
        let name = try onHub {
            let file = try Descriptor(opening: path).release()
            defer { _ = OwnedDescriptor(owning: file) }
            try waitReadable(file)
            return (errorOf { try waitReadable(1_000_000) } as? SystemError)?.name
        }

        #expect(name == "EBADF")
    }
}
