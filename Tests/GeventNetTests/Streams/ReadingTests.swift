// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventTestSupport
import Testing

@Suite struct ReadingTests {
    private func served<Value: Sendable>(
        _ text: String, _ body: @escaping @Sendable (TCPStream) throws -> Value
    ) throws -> Value {
        try onHub {
            let ends = try Connected()
            spawn {
                for byte in text.utf8 { try ends.client.write([byte]) }
                ends.client.close()
            }
            return try body(ends.server)
        }
    }

    @Test func `splits lines at either end of line`() throws {
        let lines = try served("one\r\ntwo\n\nlast") { stream in
            var lines: [String] = []
            while let line = try stream.readLine() { lines.append(line) }
            return lines
        }

        #expect(lines == ["one", "two", "", "last"])
    }

    @Test func `refuses a line that is too long`() throws {
        let error = try served(String(repeating: "x", count: 100)) { stream in
            errorOf { _ = try stream.readLine(limit: 64) } as? LineTooLong
        }

        #expect(error == LineTooLong(limit: 64))
    }

    @Test func `counts the end of a line towards its limit`() throws {
        let results = try served("12345\n12345\n") { stream in
            let first = try stream.readLine(limit: 6)
            return (first, errorOf { _ = try stream.readLine(limit: 5) } as? LineTooLong)
        }

        #expect(results.0 == "12345")
        #expect(results.1 == LineTooLong(limit: 5))
    }

    @Test func `mixes lines and blocks without losing a byte`() throws {
        let parts = try served("head\n12345rest") { stream in
            let line = try stream.readLine()
            let block = try stream.readExactly(5)
            var rest: [UInt8] = []
            while case let bytes = try stream.read(), !bytes.isEmpty { rest += bytes }
            return [
                line, String(decoding: block, as: UTF8.self), String(decoding: rest, as: UTF8.self),
            ]
        }

        #expect(parts == ["head", "12345", "rest"])
    }

    @Test func `says how much of a block came before the end`() throws {
        let error = try served("abc") { stream in
            errorOf { _ = try stream.readExactly(1 << 40) } as? UnexpectedEnd
        }

        #expect(error == UnexpectedEnd(received: 3, expected: 1 << 40))
    }
}
