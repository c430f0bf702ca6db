// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventNet
internal import GeventSystem

/// One kind of stream on trial for one clause of the contract.
struct StreamTrial: Trial {
    let subject: String
    let clause: StreamContract.Clause
    let near: any ByteStream
    let far: any ByteStream
    let buffers: Bool

    var clauseName: String { clause.rawValue }

    func run() throws {
        switch clause {
        case .carriesBytes: try checkBytes()
        case .keepsToItsRoom: try checkRoom()
        case .goesBothWaysAtOnce: try checkBothWays()
        case .putsPiecesTogether: try checkPieces()
        case .gathersPieces: try checkGathering()
        case .readsIntoMemory: try checkMemory()
        case .endsOneWay: try checkEnd()
        case .tellsAnEarlyEnd: try checkEarlyEnd()
        case .limitsLines: try checkLines()
        case .limitsReads: try checkReadLimit()
        case .limitsWrites: try checkWriteLimit()
        case .passesTimeoutsOn: try checkOuterTimeout()
        case .outlivesItsReaders: try checkKill()
        case .refusesSeconds: try checkSeconds()
        case .wakesOnClose: try checkClose()
        case .isClosedForGood: try checkClosed()
        }
    }

    private func checkBytes() throws {
        let sent = pattern(1_000_000)
        let writer = spawn { try near.write(sent) }
        let received = try far.readExactly(sent.count)
        try writer.get()
        try require(received == sent, "the bytes are not those that were written")
    }

    private func checkBothWays() throws {
        let sent = pattern(500_000)
        let answer = Array(sent.reversed())
        let workers = [
            spawn { try near.write(sent) }, spawn { try far.write(answer) },
            spawn {
                try require(try near.readExactly(answer.count) == answer, "near read other bytes")
            },
            spawn { try require(try far.readExactly(sent.count) == sent, "far read other bytes") },
        ]
        for worker in workers { try worker.get() }
    }

    private func checkPieces() throws {
        let writer = spawn {
            for piece in ["on", "e\r", "\ntwo\n12", "345", "a--", "-", "rest"] {
                try near.write(piece)
                try sleep(.milliseconds(1))
            }
            try near.shutdownWrite()
        }
        try require(try far.readLine(limit: 100) == "one", "a line in pieces")
        try require(try far.readLine(limit: 100) == "two", "a line behind another")
        try require(try far.readExactly(5) == Array("12345".utf8), "a block in pieces")
        let through = try far.read(through: Array("---".utf8), limit: 100)
        try require(through == Array("a---".utf8), "a delimiter in pieces")
        try require(try far.readLine(limit: 100) == "rest", "a line without an end")
        try require(try far.readLine(limit: 100) == nil, "the end, for lines")
        try writer.get()
    }

    private func checkGathering() throws {
        let pieces = (0..<200).map { [UInt8](repeating: UInt8($0), count: $0 * 37) }
        let writer = spawn { try near.write(gathering: pieces) }
        let whole = Array(pieces.joined())
        try require(try far.readExactly(whole.count) == whole, "pieces are torn or lost")
        try writer.get()
    }

    private func checkMemory() throws {
        let writer = spawn {
            try near.write("hello")
            try near.shutdownWrite()
        }
        var read: [UInt8] = []
        while read.count < 5 { read += try piece() }
        try require(read == Array("hello".utf8), "\(read)")
        try writer.get()
        try require(try piece().isEmpty, "no zero at the end")
    }

    private func piece() throws -> [UInt8] {
        var memory = [UInt8](repeating: 0, count: 16)
        var span = memory.mutableSpan
        // SAFETY: every value of a byte is one of UInt8.
        var room = unsafe span.mutableBytes
        let count = try far.read(into: &room)
        return Array(memory.prefix(count))
    }

    private func checkEnd() throws {
        let writer = spawn {
            try near.write("last words")
            try near.shutdownWrite()
        }
        try require(try far.readExactly(10) == Array("last words".utf8), "lost the last bytes")
        try writer.get()
        for _ in 0..<3 { try require(try far.read(upTo: 10).isEmpty, "no end") }
        let answer = spawn { try far.write("answer\n") }
        try require(try near.readLine(limit: 100) == "answer", "the other way has ended too")
        try answer.get()
    }

    private func checkEarlyEnd() throws {
        let writer = spawn {
            try near.write("abc")
            try near.shutdownWrite()
        }
        let error = errorOf { _ = try far.readExactly(10) }
        let expected = UnexpectedEnd(received: 3, expected: 10)
        try require(error as? UnexpectedEnd == expected, "threw \(text(error))")
        let other = errorOf { _ = try far.read(through: [0], limit: 100) }
        try require(other is UnexpectedEnd, "threw \(text(other))")
        try require(try far.read(upTo: 10) == Array("abc".utf8), "lost what had come")
        try writer.get()
    }

    private func checkLines() throws {
        let writer = spawn { try near.write(String(repeating: "x", count: 200)) }
        let error = errorOf { _ = try far.readLine(limit: 100) }
        try require(error as? LineTooLong == LineTooLong(limit: 100), "threw \(text(error))")
        try writer.kill()
    }

    private func pattern(_ count: Int) -> [UInt8] {
        var state: UInt32 = 1
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(truncatingIfNeeded: state >> 24)
        }
    }
}
