// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSystem
import GeventTestSupport
import Testing

@testable import GeventNet

@Suite struct TCPStreamTests {
    @Test func `echoes`() throws {
        let answer = try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            spawn {
                let peer = try listener.accept()
                while case let bytes = try peer.read(), !bytes.isEmpty { try peer.write(bytes) }
                peer.close()
            }
            let stream = try TCPStream(host: "127.0.0.1", port: listener.port)
            try stream.write("there and back")
            try stream.shutdownWrite()
            return String(decoding: try stream.readExactly(14), as: UTF8.self)
                + String(try stream.read().count)
        }

        #expect(answer == "there and back0")
    }

    @Test func `reads what came as one piece byte by byte`() throws {
        let sent = pattern(20_000)

        let read = try onHub {
            let ends = try Connected()
            spawn {
                try ends.client.write(sent)
                ends.client.close()
            }
            var read: [UInt8] = []
            while case let bytes = try ends.server.read(upTo: 1), !bytes.isEmpty { read += bytes }
            return read
        }

        #expect(read == sent)
    }

    @Test func `carries more than fits through a small buffer`() throws {
        let sent = pattern(500_000)

        let read = try onHub {
            let ends = try Connected()
            try SocketOption.sendBuffer.set(4096, on: ends.client.socket.number(for: "test"))
            spawn {
                try ends.client.write(sent)
                ends.client.close()
            }
            var read: [UInt8] = []
            while case let bytes = try ends.server.read(), !bytes.isEmpty { read += bytes }
            return read
        }

        #expect(read == sent)
    }

    @Test func `reads into room of the caller's`() throws {
        let read = try onHub {
            let ends = try Connected()
            try ends.client.write(pattern(6000))
            ends.client.close()
            try untilPolled()
            var bytes = [UInt8](repeating: 0, count: 5000)
            var span = bytes.mutableSpan
            var room = unsafe span.mutableBytes
            let count = try ends.server.read(into: &room)
            return Array(bytes.prefix(count))
        }

        #expect(!read.isEmpty)
        #expect(read == Array(pattern(6000).prefix(read.count)))
    }

    @Test func `reads and writes at the same time`() throws {
        let sent = pattern(500_000)

        let both = try onHub {
            let ends = try Connected()
            let writers = [ends.client, ends.server].map { end in spawn { try end.write(sent) } }
            let readers = [ends.client, ends.server].map { end in
                spawn { try end.readExactly(sent.count) }
            }
            try joinAll(writers)
            return try readers.map { try $0.get() }
        }

        #expect(both == [sent, sent])
    }

    @Test func `goes on reading after it has shut down writing`() throws {
        let answer = try onHub {
            let ends = try Connected()
            try ends.client.shutdownWrite()
            let end = try ends.server.read()
            try ends.server.write("still here")
            return end.isEmpty ? String(decoding: try ends.client.read(), as: UTF8.self) : ""
        }

        #expect(answer == "still here")
    }

    @Test func `sees an end that was reported together with the last bytes`() throws {
        let pieces = try onHub {
            let ends = try Connected()
            try ends.client.write("last words")
            ends.client.close()
            try untilPolled()
            return try withTimeout(.seconds(5)) {
                [try ends.server.read().count, try ends.server.read().count]
            }
        }

        #expect(pieces == [10, 0])
    }

    @Test func `throws and does not die where the peer has gone`() throws {
        let code = try onHub {
            let ends = try Connected()
            ends.server.close()
            let error = errorOf {
                for _ in 0..<100 {
                    try ends.client.write("anybody?")
                    try untilPolled()
                }
            }
            return (error as? SystemError)?.name
        }

        #expect(code == "EPIPE" || code == "ECONNRESET")
    }

    @Test func `leaves others their turn though it never has to wait`() throws {
        let turns = try onHub(.inOrder) {
            let ends = try Connected()
            let writer = spawn { try ends.client.write(pattern(600_000)) }
            try untilPolled()
            var turns = 0
            spawnRaw {
                while true {
                    turns += 1
                    try sleep(.zero)
                }
            }
            // Pieces as large as are not served from the stream's buffer: each is a call.
            var left = 600_000
            while left > 0 { left -= try ends.server.read(upTo: min(left, 4096)).count }
            try writer.join()
            return turns
        }

        #expect(turns > 0)
    }

    @Test func `knows its addresses and options`() throws {
        let facts = try onHub {
            let ends = try Connected()
            let fits = ends.client.localAddress == ends.server.remoteAddress
            let before = ends.client.noDelay
            ends.client.noDelay = true
            let after = ends.client.noDelay
            ends.client.close()
            return [fits, !before, after, ends.client.isClosed, ends.client.localAddress == nil]
        }

        #expect(facts == [true, true, true, true, true])
    }
}
