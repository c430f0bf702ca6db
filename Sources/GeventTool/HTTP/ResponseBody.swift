// SPDX-License-Identifier: Apache-2.0
import Gevent

/// The bytes of an answer, as they arrive.
struct ResponseBody<Stream: ByteStream> {
    /// The most bytes of a line between chunks.
    private static var lineLimit: Int { 256 }
    /// The most lines behind the last chunk.
    private static var trailerLimit: Int { 100 }

    private let stream: Stream
    private let framing: BodyFraming
    private var left: Int
    private var isOver = false

    /// The body that follows a head on `stream`.
    init(on stream: Stream, _ framing: BodyFraming) {
        self.stream = stream
        self.framing = framing
        left = if case .length(let length) = framing { length } else { 0 }
    }

    /// The next bytes; `nil` at the end.
    ///
    /// - Throws: `UnexpectedEnd` if the connection ends before the body does; ``HTTPError``; what
    ///   reading throws.
    mutating func next() throws -> [UInt8]? {
        if isOver { return nil }
        let piece: [UInt8]?
        switch framing {
        case .none:
            piece = nil
        case .untilClose:
            let bytes = try stream.read(upTo: 65_536)
            piece = bytes.isEmpty ? nil : bytes
        case .length:
            piece = left == 0 ? nil : try take()
        case .chunked:
            piece = try nextOfChunk()
        }
        isOver = piece == nil
        return piece
    }

    private mutating func take() throws -> [UInt8] {
        let bytes = try stream.read(upTo: min(left, 65_536))
        if bytes.isEmpty { throw UnexpectedEnd(received: 0, expected: left) }
        left -= bytes.count
        return bytes
    }

    private mutating func nextOfChunk() throws -> [UInt8]? {
        if left == 0 {
            left = try chunkSize()
            if left == 0 {
                try skipTrailer()
                return nil
            }
        }
        let bytes = try take()
        if left == 0, try line() != "" { throw HTTPError.malformed("a chunk does not end") }
        return bytes
    }

    private func chunkSize() throws -> Int {
        let digits = try line().prefix { $0 != ";" }
        guard (1...15).contains(digits.utf8.count), digits.allSatisfy(\.isHexDigit),
            let size = Int(digits, radix: 16)
        else { throw HTTPError.malformed("the size of a chunk") }
        return size
    }

    private func skipTrailer() throws {
        for _ in 0..<Self.trailerLimit where try line().isEmpty { return }
        throw HTTPError.tooLarge("what follows the last chunk")
    }

    private func line() throws -> String {
        do {
            if let line = try stream.readLine(limit: Self.lineLimit) { return line }
        } catch is LineTooLong {
            throw HTTPError.tooLarge("a line between chunks")
        }
        throw HTTPError.malformed("it ends between chunks")
    }
}
