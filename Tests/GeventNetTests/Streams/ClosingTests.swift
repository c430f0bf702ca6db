// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct ClosingTests {
    @Test func `wakes who reads`() throws {
        let name = try onHub {
            let ends = try Connected()
            let reader = spawn { try ends.client.read() }
            try untilParked(reader, in: "read")
            ends.client.close()
            return (errorOf { _ = try reader.get(timeout: .seconds(5)) } as? SystemError)?.name
        }

        #expect(name == "EBADF")
    }

    @Test func `wakes who writes`() throws {
        let name = try onHub {
            let ends = try Connected()
            let writer = spawn { try ends.client.write(flood) }
            try untilParked(writer, in: "write")
            ends.client.close()
            return (errorOf { _ = try writer.get(timeout: .seconds(5)) } as? SystemError)?.name
        }

        #expect(name == "EBADF")
    }

    @Test func `wakes who accepts`() throws {
        let name = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            let accepter = spawn { try listener.accept().close() }
            try untilParked(accepter, in: "read")
            listener.close()
            return (errorOf { _ = try accepter.get(timeout: .seconds(5)) } as? SystemError)?.name
        }

        #expect(name == "EBADF")
    }

    @Test func `makes later calls fail, and may be repeated`() throws {
        let names = try onHub {
            let ends = try Connected()
            ends.client.close()
            ends.client.close()
            let errors = [
                errorOf { _ = try ends.client.read() }, errorOf { try ends.client.write("x") },
                errorOf { try ends.client.shutdownWrite() },
            ]
            return errors.map { ($0 as? SystemError)?.name }
        }

        #expect(names == ["EBADF", "EBADF", "EBADF"])
    }

    @Test func `never hands a reader what belongs to the next owner of its number`() throws {
        let strangers = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            var strangers = 0
            for _ in 0..<200 {
                let old = try Connected()
                let reader = spawn { try old.client.read() }
                try untilParked(reader, in: "read")
                old.client.close()
                let new = try TCPStream(to: listener.address)
                try listener.accept().write("for the new one")
                if errorOf({ _ = try reader.get(timeout: .seconds(5)) }) == nil { strangers += 1 }
                if try new.read().isEmpty { strangers += 1 }
                new.close()
                old.server.close()
            }
            return strangers
        }

        #expect(strangers == 0)
    }

    @Test func `closes what nobody holds any more`() throws {
        let end = try onHub {
            let server: TCPStream
            do {
                let ends = try Connected()
                server = ends.server
                _ = consume ends
            }
            return try server.read()
        }

        #expect(end.isEmpty)
    }
}
