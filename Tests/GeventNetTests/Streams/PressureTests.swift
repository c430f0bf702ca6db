// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

private let mebibyte = 1 << 20

@Suite struct PressureTests {
    // In a process of its own, whose memory nobody else uses.
    @Test func `needs no memory for a gigabyte that the peer never reads`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            inChild {
                let ends = try Connected()
                ends.client.timeout = .milliseconds(100)
                let piece = [UInt8](repeating: 0x2E, count: mebibyte)
                let pieces = [[UInt8]](repeating: piece, count: 1024)
                let before = ResidentMemory.current?.byteCount ?? 0
                var most = before
                let watcher = spawn {
                    while true {
                        most = max(most, ResidentMemory.current?.byteCount ?? 0)
                        try sleep(.milliseconds(5))
                    }
                }
                let error = errorOf { try ends.client.write(gathering: pieces) }
                kill(watcher)
                try claim(error is SocketTimeoutError, "\(error as Any)")
                try claim(most - before < 16 * mebibyte, "it took \(most - before) bytes")
            }
        }

        #expect(result.errorText == "")
    }

    @Test(.tags(.slow)) func `carries 16 MiB through a buffer of 4 KiB`() throws {
        let source = pattern(mebibyte + 64)

        let wrong = try onHub {
            // TCP would wait for the delayed word of a peer that has got less than a full packet.
            let (near, far) = try UnixStream.pair()
            near.sendBufferSize = 4096
            let writer = spawn {
                for round in 0..<16 {
                    try near.write(Array(source[round..<round + mebibyte]))
                }
                try near.shutdownWrite()
            }
            var wrong: [Int] = []
            for round in 0..<16 {
                let piece = try far.readExactly(mebibyte)
                if piece[...] != source[round..<round + mebibyte] { wrong.append(round) }
            }
            try writer.get()
            return wrong + (try far.read().isEmpty ? [] : [16])
        }

        #expect(wrong == [])
    }

    @Test(.tags(.slow)) func `reads much byte by byte`() throws {
        let sent = pattern(300_000)

        let read = try onHub {
            let ends = try Connected()
            spawn {
                try ends.client.write(sent)
                ends.client.close()
            }
            var read: [UInt8] = []
            read.reserveCapacity(sent.count)
            var byte: [UInt8] = [0]
            while true {
                var span = byte.mutableSpan
                // SAFETY: every value of a byte is one of UInt8.
                var room = unsafe span.mutableBytes
                if try ends.server.read(into: &room) == 0 { break }
                read.append(byte[0])
            }
            return read
        }

        #expect(read == sent)
    }
}
