// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import GeventTesting
import Testing

@Suite struct BufferedReaderTests {
    @Test func `reads lines, blocks and the rest`() throws {
        let (line, block, through, peeked, rest) = try onHub {
            let (near, far) = MemoryStream.pair()
            try far.write("line\nblock;and the rest")
            try far.shutdownWrite()
            let reader = BufferedReader(near)
            let line = try reader.readLine()
            let block = try reader.readExactly(3)
            let through = try reader.read(through: [0x3B])
            let peeked = try reader.peek(upTo: 3)
            return (line, block, through, peeked, try reader.readAll())
        }

        #expect(line == "line")
        #expect(block == Array("blo".utf8))
        #expect(through == Array("ck;".utf8))
        #expect(peeked == Array("and".utf8))
        #expect(rest == Array("and the rest".utf8))
    }

    @Test func `refuses to read more than it is allowed to`() throws {
        let error = try onHub {
            let (near, far) = MemoryStream.pair()
            try far.write("more than ten bytes")
            try far.shutdownWrite()
            return errorOf { _ = try BufferedReader(near).readAll(limit: 10) }
        }

        #expect(error as? LineTooLong == LineTooLong(limit: 10))
    }

    @Test func `refuses a second reader`() throws {
        let error = try onHub(.inOrder) {
            let (near, far) = MemoryStream.pair()
            let reader = BufferedReader(near)
            spawn { try reader.readLine() }
            try sleep()
            defer { far.close() }
            return errorOf { _ = try reader.readLine() }
        }

        #expect(error is ConcurrentObjectUseError)
    }
}

@Suite struct LineReaderTests {
    @Test func `gives each line until the end`() throws {
        let lines = try onHub {
            let (near, far) = MemoryStream.pair()
            try far.write("one\ntwo\r\n\nfour")
            try far.shutdownWrite()
            var lines: [String] = []
            try LineReader(near).forEach { lines.append($0) }
            return lines
        }

        #expect(lines == ["one", "two", "", "four"])
    }
}

@Suite struct BufferedWriterTests {
    @Test func `hands over what was gathered, when there is enough or when it is told`() throws {
        let (counts, text) = try onHub {
            let (near, far) = MemoryStream.pair()
            let writer = BufferedWriter(near, capacity: 8)
            var counts: [Int] = []
            for piece in ["123", "456", "789", "a"] {
                try writer.write(piece)
                counts.append(writer.bufferedByteCount)
            }
            try writer.flush()
            try writer.flush()
            return (counts, try far.readExactly(10))
        }

        #expect(counts == [3, 6, 0, 1])
        #expect(text == Array("123456789a".utf8))
    }
}

@Suite struct CopyTests {
    @Test func `moves all there is, and leaves both open`() throws {
        let (count, received, line) = try onHub {
            let (source, feeder) = MemoryStream.pair()
            let ends = try Connected()
            let bytes = pattern(300_000)
            spawn {
                try feeder.write(bytes)
                try feeder.shutdownWrite()
            }
            let reading = spawn { try ends.server.readExactly(bytes.count) }
            let count = try copy(from: source, to: ends.client)
            try ends.client.write("still open\n")
            return (count, try reading.get() == bytes, try ends.server.readLine())
        }

        #expect(count == 300_000)
        #expect(received)
        #expect(line == "still open")
    }
}
