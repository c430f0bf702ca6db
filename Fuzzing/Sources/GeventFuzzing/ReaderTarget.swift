// SPDX-License-Identifier: Apache-2.0
internal import GeventNet

extension FuzzTarget {
    /// Lines, blocks and pieces, out of a stream that comes in any pieces.
    static let readers = FuzzTarget("readers") { input in
        let sizes = input.piece(input.number(below: 9))
        let calls = input.piece(1 + input.number(below: 24))
        let delimiter = input.piece(1 + input.number(below: 4))
        let bytes = input.rest()
        let reader = BufferedReader(PiecewiseStream(bytes, sizes: sizes))
        var naive = NaiveReader(bytes)
        for call in calls {
            // Three bits say what to do, five how much of it: up to 15, or up to 240.
            let amount = call & 0x80 == 0 ? Int(call >> 3) : Int(call >> 3 & 0xF) << 4
            let isOver = try Self.compare(
                call & 7, amount, delimiter.isEmpty ? [0x3B] : delimiter, reader, &naive)
            if isOver { return }
        }
        try check(
            try reader.readAll() == Array(naive.rest), "what is left over is not the rest")
    }

    /// Makes a call in both ways; true when that leaves nothing to go on with.
    private static func compare(
        _ call: UInt8, _ amount: Int, _ delimiter: [UInt8], _ reader: BufferedReader,
        _ naive: inout NaiveReader
    ) throws -> Bool {
        switch call {
        case 0, 1, 2:
            try same(
                "a line", outcome { try reader.readLine(limit: amount) },
                outcome { try naive.readLine(limit: amount) })
        case 3:
            try same(
                "a delimiter", outcome { try reader.read(through: delimiter, limit: amount) },
                outcome { try naive.read(through: delimiter, limit: amount) })
        case 4:
            try same(
                "a block", outcome { try reader.readExactly(amount) },
                outcome { try naive.readExactly(amount) })
        case 5:
            let piece = try reader.read(upTo: max(1, amount))
            try checkPiece(piece, of: naive, limit: max(1, amount))
            _ = naive.take(piece.count)
        case 6:
            let piece = try reader.peek(upTo: amount)
            try check(
                piece.count <= amount && naive.rest.starts(with: piece), "what was peeked at")
            try check(
                !piece.isEmpty || naive.rest.isEmpty || amount == 0, "nothing was peeked at")
        default:
            try same(
                "all", outcome { try reader.readAll(limit: amount) },
                outcome { try naive.readAll(limit: amount) })
            return true
        }
        return false
    }

    private static func checkPiece(
        _ piece: [UInt8], of naive: NaiveReader, limit: Int
    ) throws {
        try check(piece.count <= limit, "\(piece.count) bytes came where \(limit) were asked for")
        try check(naive.rest.starts(with: piece), "a piece is not what comes next")
        try check(piece.isEmpty == naive.rest.isEmpty, "the end came early")
    }

    private static func same<Value: Equatable>(
        _ what: String, _ ours: Outcome<Value>, _ naive: Outcome<Value>
    ) throws {
        try check(ours == naive, "\(what): \(ours) where the naive reader has \(naive)")
    }

    private static func outcome<Value>(_ body: () throws -> Value) throws -> Outcome<Value> {
        do { return .value(try body()) } catch let error as UnexpectedEnd {
            return .ended(error)
        } catch let error as LineTooLong { return .tooLong(error) }
    }

    private enum Outcome<Value: Equatable>: Equatable {
        case value(Value)
        case ended(UnexpectedEnd)
        case tooLong(LineTooLong)
    }
}
