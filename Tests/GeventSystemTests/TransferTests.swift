// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Glibc
import Testing

@Suite struct TransferTests {
    @Test func `moves bytes until there are none`() throws {
        let pair = try SocketCalls.openPair()
        #expect(try Bytes.send(pair.first.number, [1, 2, 3]) == .done(3))

        #expect(try Bytes.receive(pair.second.number, upTo: 2) == .done([1, 2]))
        #expect(try Bytes.receive(pair.second.number, upTo: 2) == .done([3]))
        #expect(try Bytes.receive(pair.second.number) == .wouldBlock)
    }

    @Test func `leaves the bytes that are only looked at`() throws {
        let pair = try SocketCalls.openPair()
        _ = try Bytes.send(pair.first.number, [1, 2, 3])

        #expect(try Bytes.peek(pair.second.number) == .done([1, 2, 3]))
        #expect(try Bytes.receive(pair.second.number) == .done([1, 2, 3]))
    }

    @Test func `is an error and no signal when the peer has gone`() throws {
        let pair = try SocketCalls.openPair()
        try SocketCalls.shutDown(pair.second.number, .both)

        #expect(throws: SystemError(call: "send", code: EPIPE)) {
            try Bytes.send(pair.first.number, [1])
        }
    }

    @Test func `takes a part when there is no room for all`() throws {
        let pair = try SocketCalls.openPair()
        let large = [UInt8](repeating: 1, count: 1 << 22)

        guard case .done(let count) = try Bytes.send(pair.first.number, large) else {
            Issue.record("an empty socket has no room")
            return
        }

        #expect(count > 0 && count < large.count)
        var isFull = false
        while !isFull { isFull = try Bytes.send(pair.first.number, large) == .wouldBlock }
    }

    @Test func `sends pieces one behind the other`() throws {
        let pair = try SocketCalls.openPair()
        let pieces: [[UInt8]] = (0..<100).map { [UInt8($0), UInt8($0)] }

        let attempt = try sendGathered(pair.first.number, pieces)

        #expect(attempt == .done(2 * Transfer.gatherLimit))
        let expected = pieces.prefix(Transfer.gatherLimit).flatMap(\.self)
        #expect(try Bytes.receive(pair.second.number, upTo: 512) == .done(expected))
    }

    private func sendGathered(_ fd: Int32, _ pieces: [[UInt8]]) throws -> Attempt<Int> {
        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: pieces.joined().count, alignment: 1)
        defer { unsafe memory.deallocate() }
        unsafe memory.copyBytes(from: pieces.joined())
        var start = 0
        let lent = unsafe pieces.map { piece in
            defer { start += piece.count }
            return unsafe UnsafeRawBufferPointer(rebasing: memory[start..<start + piece.count])
        }
        return unsafe try lent.withUnsafeBufferPointer { buffers in
            unsafe try Transfer.sendGathered(fd, buffers)
        }
    }

    @Test func `sends a file from a place on`() throws {
        let pair = try SocketCalls.openPair()
        let path = "/tmp/gevent-test-\(getpid())-transfer"
        let flags = O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC
        let file = Descriptor(owning: unsafe open(path, flags, 0o600))
        unsafe unlink(path)
        _ = try Bytes.write(file.number, Array(0..<100))
        var offset: Int64 = 90

        let first = try Transfer.sendFile(
            pair.first.number, from: file.number, at: &offset, byteCount: 1_000)
        let second = try Transfer.sendFile(
            pair.first.number, from: file.number, at: &offset, byteCount: 1_000)

        #expect(first == .done(10))
        #expect(second == .done(0))
        #expect(offset == 100)
        #expect(try Bytes.receive(pair.second.number) == .done(Array(90..<100)))
    }
}
