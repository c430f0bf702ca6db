// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import GeventNet

@Suite struct ReadBufferTests {
    @Test func `gives bytes back in their order`() {
        var buffer = ReadBuffer()
        var taken: [UInt8] = []

        for start in stride(from: 0, to: 60_000, by: 1000) {
            buffer.append((start..<start + 1000).map { UInt8(truncatingIfNeeded: $0) })
            taken += buffer.take(upTo: 900)
        }
        taken += buffer.take(upTo: buffer.count)

        #expect(taken == (0..<60_000).map { UInt8(truncatingIfNeeded: $0) })
        #expect(buffer.isEmpty)
    }

    @Test func `remembers how far it has searched for the end of a line`() {
        var buffer = ReadBuffer()
        var searched = 0

        buffer.append(Array("abc".utf8))
        let first = buffer.distance(through: [0x0A], searched: &searched)
        let soFar = searched
        buffer.append(Array("d\ne".utf8))
        let second = buffer.distance(through: [0x0A], searched: &searched)

        #expect(first == nil)
        #expect(soFar == 3)
        #expect(second == 5)
    }

    @Test func `finds a delimiter that arrives in pieces, after one that was none`() {
        var buffer = ReadBuffer()
        var searched = 0
        var found: [Int?] = []

        for piece in ["a\r\r", "\n\r", "\n", "rest"] {
            buffer.append(Array(piece.utf8))
            found.append(buffer.distance(through: Array("\r\n\r\n".utf8), searched: &searched))
        }

        #expect(found == [nil, nil, 6, 6])
    }
}
