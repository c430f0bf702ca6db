// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTLS
import GeventTestSupport
import Testing

@Suite struct TLSStreamTests {
    @Test func `carries lines both ways`() throws {
        let lines = try onHub {
            let pair = try StreamPair()
            defer { pair.close() }
            let answers = spawn {
                while let line = try pair.server.readLine() { try pair.server.write("<\(line)>\n") }
                pair.server.close()
            }
            try pair.client.write("one\ntwo\n")
            let lines = [try pair.client.readLine(), try pair.client.readLine()]
            try pair.client.shutdownWrite()
            let end = try pair.client.readLine()
            try answers.get()
            return lines + [end]
        }

        #expect(lines == ["<one>", "<two>", nil])
    }

    @Test func `does the handshake at the first use`() throws {
        let facts = try onHub {
            let pair = try StreamPair(shakes: false)
            defer { pair.close() }
            let before = pair.client.protocolVersion
            let server = spawn {
                try pair.server.write("hello")
                return try pair.server.readExactly(4)
            }
            let hello = try pair.client.readExactly(5)
            try pair.client.write("four")
            return (before, hello, try server.get(), pair.client.protocolVersion)
        }

        #expect(facts.0 == nil)
        #expect(facts.1 == Array("hello".utf8))
        #expect(facts.2 == Array("four".utf8))
        #expect(facts.3 == .tls13)
    }

    @Test func `lets a reader and a writer share the first handshake`() throws {
        let texts = try onHub {
            let pair = try StreamPair(shakes: false)
            defer { pair.close() }
            let reader = spawn { try pair.client.readExactly(2) }
            let writer = spawn { try pair.client.write("up") }
            let up = try pair.server.readExactly(2)
            try pair.server.write("ok")
            try writer.get()
            return [up, try reader.get()].map { String(decoding: $0, as: UTF8.self) }
        }

        #expect(texts == ["up", "ok"])
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `carries megabytes both ways at once`(version: TLSVersion) throws {
        let isWhole = try onHub {
            let pair = try StreamPair(version: version)
            defer { pair.close() }
            let bytes = pattern(2_000_000)
            let writers = [pair.client, pair.server].map { end in
                spawn {
                    try end.write(bytes)
                    try end.shutdownWrite()
                }
            }
            let readers = [pair.client, pair.server].map { end in
                spawn {
                    var read: [UInt8] = []
                    while true {
                        let piece = try end.read(upTo: 50_000)
                        if piece.isEmpty { return read == bytes }
                        read += piece
                    }
                }
            }
            for writer in writers { try writer.get() }
            return try readers.map { try $0.get() }
        }

        #expect(isWhole == [true, true])
    }

    @Test func `reads into the caller's room`() throws {
        let bytes = try onHub {
            let pair = try StreamPair()
            defer { pair.close() }
            try pair.server.write(pattern(9000))
            var room = [UInt8](repeating: 0, count: 20_000)
            var bytes: [UInt8] = []
            while bytes.count < 9000 {
                var rest = room.mutableSpan
                // SAFETY: bytes have no padding.
                var span = unsafe rest.mutableBytes
                let count = try pair.client.read(into: &span)
                bytes += room[..<count]
            }
            return bytes
        }

        #expect(bytes == pattern(9000))
    }

    @Test func `refuses a second reader and a second writer`() throws {
        let errors = try onHub {
            let pair = try StreamPair()
            let reader = spawn { try pair.client.read() }
            let writer = spawn {
                try pair.client.write([UInt8](repeating: 1, count: 20_000_000))
            }
            try untilParked(reader, in: "read")
            try untilParked(writer, in: "write")
            let errors = [
                errorOf { _ = try pair.client.read() }, errorOf { try pair.client.write("x") },
            ]
            pair.close()
            _ = try? reader.get()
            _ = try? writer.get()
            return errors.map { $0 is ConcurrentObjectUseError }
        }

        #expect(errors == [true, true])
    }

    @Test func `wakes readers and writers when it closes`() throws {
        let names = try onHub {
            let pair = try StreamPair()
            let reader = spawn { try pair.client.read() }
            let writer = spawn {
                try pair.client.write([UInt8](repeating: 1, count: 20_000_000))
            }
            try untilParked(reader, in: "read")
            try untilParked(writer, in: "write")
            pair.client.close()
            let errors = [
                errorOf { _ = try reader.get() }, errorOf { try writer.get() },
                errorOf { _ = try pair.client.read() }, errorOf { try pair.client.write("x") },
                errorOf { try pair.client.handshake() },
            ]
            pair.server.close()
            return errors.map { ($0 as? SystemError)?.name }
        }

        #expect(names == Array(repeating: "EBADF", count: 5))
    }

    @Test func `keeps to the limit of an operation`() throws {
        let error = try onHub {
            let pair = try StreamPair()
            defer { pair.close() }
            pair.client.timeout = .milliseconds(5)
            let error = errorOf { _ = try pair.client.read() }
            pair.client.timeout = nil
            try pair.server.write("late")
            return (error as? SocketTimeoutError, try pair.client.readExactly(4))
        }

        #expect(error.0 == SocketTimeoutError(operation: "read", duration: .milliseconds(5)))
        #expect(error.1 == Array("late".utf8))
    }

    @Test func `writes no more after a write that was cut short`() throws {
        let codes = try onHub {
            let pair = try StreamPair()
            pair.client.timeout = .milliseconds(5)
            let error = errorOf {
                try pair.client.write([UInt8](repeating: 1, count: 20_000_000))
            }
            let code = codeOf { try pair.client.write("x") }
            pair.close()
            return (error as? SocketTimeoutError, code)
        }

        #expect(codes.0 == SocketTimeoutError(operation: "write", duration: .milliseconds(5)))
        #expect(codes.1 == .interrupted)
    }

    @Test func `refuses another hub`() throws {
        let isRefused = try onHub {
            // SAFETY: this thread waits while the other one looks.
            nonisolated(unsafe) let pair = try StreamPair()
            defer { unsafe pair.close() }
            return try onHub {
                let error = errorOf { try unsafe pair.client.write("x") }
                return error is InvalidThreadUseError
            }
        }

        #expect(isRefused)
    }
}
