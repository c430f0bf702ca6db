// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTLS
import GeventTestSupport
import Testing

@Suite struct DuplexTests {
    // Reads until the end and says whether that was `expected`.
    private static func readAll(_ stream: TLSStream, _ expected: [UInt8]) throws -> Bool {
        var read: [UInt8] = []
        while true {
            let piece = try stream.read(upTo: 30_000)
            if piece.isEmpty { return read == expected }
            read += piece
        }
    }

    @Test func `carries both directions while keys change all the time`() throws {
        let areWhole = try onHub {
            let pair = try StreamPair()
            defer { pair.close() }
            let bytes = pattern(1_000_000)
            let ends = [pair.client, pair.server]
            let writers = ends.map { end in
                spawn {
                    for start in stride(from: 0, to: bytes.count, by: 20_000) {
                        try end.write(bytes[start..<start + 20_000])
                        // Each asks the other side to answer, in the middle of what it writes.
                        try end.updateKeys()
                    }
                    try end.shutdownWrite()
                }
            }
            let readers = ends.map { end in spawn { try Self.readAll(end, bytes) } }
            for writer in writers { try writer.get() }
            return try readers.map { try $0.get() }
        }

        #expect(areWhole == [true, true])
    }

    @Test func `reads on while its writer is stuck and the peer changes keys`() throws {
        let text = try onHub {
            let pair = try StreamPair()
            let stuck = spawn {
                try pair.client.write([UInt8](repeating: 1, count: 20_000_000))
            }
            try untilParked(stuck, in: "write")
            try pair.server.updateKeys()
            try pair.server.write("through")
            let text = try pair.client.readExactly(7)
            pair.close()
            _ = try? stuck.get()
            return text
        }

        #expect(text == Array("through".utf8))
    }

    @Test func `answers a change of keys before it writes again`() throws {
        let outcome = try onHub {
            let wires = try Wires()
            let authority = Authority()
            let engine = try TLSEngine(server: TLSContext(authority.server()))
            let client = try TLSStream(
                client: wires.client, host: "server.test",
                context: TLSContext(authority.client()))
            let reader = spawn { try client.readExactly(3) }
            while try engine.handshake() != .done {
                try wires.server.write(engine.takeOutput(by: ReceiveRoom()))
                try engine.feed(wires.server.read())
            }
            try engine.updateKeys()
            // SAFETY: bytes have no padding.
            _ = try engine.write(unsafe Array("new".utf8).span.bytes)
            try wires.server.write(engine.takeOutput(by: ReceiveRoom()))
            let read = try reader.get()
            try client.write("old")
            let records = try wires.server.read()
            try engine.feed(records)
            let answer = try engine.read(upTo: 100, by: ReceiveRoom()).bytes
            client.close()
            wires.server.close()
            return (read, answer, records.count)
        }

        #expect(outcome.0 == Array("new".utf8))
        #expect(outcome.1 == Array("old".utf8))
        // Two records with heads, types and tags: the message of five bytes, and the text.
        #expect(outcome.2 == 2 * (5 + 1 + 16) + 5 + 3)
    }

    @Test func `keeps the errors of one connection from others on the thread`() throws {
        let outcome = try onHub {
            let broken = try StreamPair()
            let healthy = try StreamPair()
            var strangers = 0
            var codes: [TLSError.Code?] = []
            let echo = spawn {
                while true {
                    let bytes = try healthy.server.read()
                    if bytes.isEmpty { return }
                    try healthy.server.write(bytes)
                }
            }
            let talker = spawn {
                for round in 0..<200 {
                    try healthy.client.write("round \(round)\n")
                    if try healthy.client.readLine() != "round \(round)" { strangers += 1 }
                }
                try healthy.client.shutdownWrite()
            }
            for _ in 0..<20 {
                let bad = try StreamPair()
                // A record of 32 bytes that nobody has encrypted.
                try bad.wires.server.write([23, 3, 3, 0, 32] + [UInt8](repeating: 7, count: 32))
                codes.append(codeOf { _ = try bad.client.read() })
                codes.append((codeOf { try bad.client.write("x") }))
                bad.close()
                try sleep(.zero)
            }
            try talker.get()
            try echo.get()
            broken.close()
            healthy.close()
            return (strangers, codes)
        }

        #expect(outcome.0 == 0)
        #expect(outcome.1 == Array(repeating: .badRecord, count: 40))
    }
}
