// SPDX-License-Identifier: Apache-2.0
package import GeventCore
internal import GeventSystem

/// Reads lines, blocks and pieces from any ``ByteStream``, and reads ahead for that.
///
/// The streams of this package read ahead by themselves. This is for a stream of your own that has
/// only ``ByteStream/read(into:)``, and where what was read ahead must not stay with the stream.
///
/// ```swift
/// let reader = BufferedReader(stream)
/// while let line = try reader.readLine() { print(line) }
/// ```
///
/// gevent: `makefile("rb")`.
public final class BufferedReader {
    private let stream: any ByteStream
    /// What was read ahead.
    package var buffer = ReadBuffer()
    private var turn = SocketTurn(to: "read")

    /// Reads from `stream`, which nobody else reads from meanwhile; its time limit applies.
    public init(_ stream: any ByteStream) { self.stream = stream }

    /// How many bytes have been read ahead.
    public var bufferedByteCount: Int { buffer.count }

    /// Reads what has arrived, at least one byte and at most `limit`.
    ///
    /// > Suspends: When nothing has been read ahead.
    ///
    /// - Returns: The bytes; none at the end of the stream.
    /// - Throws: What the stream throws; `ConcurrentObjectUseError` while another greenlet reads.
    /// - Precondition: `limit` is positive.
    public func read(upTo limit: Int = 65_536) throws -> [UInt8] {
        require(limit > 0, "a read of no bytes cannot be told from the end of the stream")
        return try reading { try next(upTo: limit, $0) }
    }

    /// Reads exactly `count` bytes.
    ///
    /// > Suspends: When not all of them have been read ahead.
    ///
    /// - Throws: ``UnexpectedEnd`` if the stream ends before; and what ``read(upTo:)`` throws.
    public func readExactly(_ count: Int) throws -> [UInt8] {
        try reading { try exactly(count, $0) }
    }

    /// Reads a line, as ``SocketStream/readLine(limit:)``.
    ///
    /// > Suspends: When the end of the line has not been read ahead.
    ///
    /// - Parameter limit: The most bytes that a line may have, its end included.
    /// - Returns: The line without its end; `nil` at the end of the stream.
    /// - Throws: ``LineTooLong``; and what ``read(upTo:)`` throws.
    ///
    /// gevent: `readline`.
    public func readLine(limit: Int = 65_536) throws -> String? {
        try reading { try line(limit: limit, $0) }
    }

    /// Reads everything up to the end of the next `delimiter`.
    ///
    /// > Suspends: When the delimiter has not been read ahead.
    ///
    /// - Returns: The bytes with the delimiter.
    /// - Throws: ``LineTooLong``; ``UnexpectedEnd``; and what ``read(upTo:)`` throws.
    public func read(through delimiter: [UInt8], limit: Int = 65_536) throws -> [UInt8] {
        try reading { try bytes(through: delimiter, limit: limit, $0) }
    }

    /// Reads to the end of the stream.
    ///
    /// > Suspends: When the stream has not ended.
    ///
    /// - Parameter limit: The most bytes that there may be.
    /// - Returns: All of the rest.
    /// - Throws: ``LineTooLong`` if there are more; and what ``read(upTo:)`` throws.
    public func readAll(limit: Int = .max) throws -> [UInt8] {
        try reading { patience in
            var all: [UInt8] = []
            while true {
                let piece = try next(upTo: 65_536, patience)
                if piece.isEmpty { return all }
                if piece.count > limit - all.count { throw LineTooLong(limit: limit) }
                all.append(contentsOf: piece)
            }
        }
    }

    /// Looks at what comes next, which stays to be read.
    ///
    /// > Suspends: When nothing has been read ahead.
    ///
    /// - Returns: At least one byte, unless the stream has ended.
    /// - Throws: What ``read(upTo:)`` throws.
    public func peek(upTo limit: Int) throws -> [UInt8] {
        try reading { try peek(upTo: limit, $0) }
    }

    // The stream's own time limit is what counts.
    private func reading<Result>(_ body: (Limit) throws -> Result) throws -> Result {
        try turn.take()
        defer { turn.give() }
        return try body(Limit(nil))
    }
}

extension BufferedReader: BufferedSource {
    /// Waits for what the stream brings.
    ///
    /// > Suspends: When nothing has arrived.
    package func receive(upTo count: Int, _ limit: Limit) throws -> [UInt8] {
        try stream.read(upTo: count)
    }
}
