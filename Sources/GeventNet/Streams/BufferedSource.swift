// SPDX-License-Identifier: Apache-2.0
package import GeventCore
internal import GeventSystem

/// Where a stream reads from, with what it has read ahead: how every ``ByteStream`` of ours reads.
///
/// The callers hold the turn to read. Nothing waits while the buffer is being changed.
package protocol BufferedSource: AnyObject {
    /// What has arrived and was not asked for yet.
    var buffer: ReadBuffer { get set }

    /// Waits for what arrives, past the buffer.
    ///
    /// > Suspends: When nothing has arrived.
    ///
    /// - Returns: At least one byte; none at the end of the stream.
    func receive(upTo count: Int, _ limit: Limit) throws -> [UInt8]
}

extension BufferedSource {
    /// The next bytes, at least one; none at the end of the stream.
    ///
    /// > Suspends: When nothing has arrived.
    package func next(upTo count: Int, _ limit: Limit) throws -> [UInt8] {
        if !buffer.isEmpty { return buffer.take(upTo: count) }
        // Small reads share one call.
        if count < ReadBuffer.chunk / 2 {
            let news = try receive(upTo: ReadBuffer.chunk, limit)
            if news.count <= count { return news }
            buffer.append(news)
            return buffer.take(upTo: count)
        }
        return try receive(upTo: min(count, 65_536), limit)
    }

    /// Exactly `count` bytes.
    ///
    /// > Suspends: When not all of them have arrived.
    package func exactly(_ count: Int, _ limit: Limit) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let piece = try next(upTo: count - bytes.count, limit)
            if piece.isEmpty {
                buffer.append(bytes)
                throw UnexpectedEnd(received: bytes.count, expected: count)
            }
            if bytes.isEmpty { bytes = piece } else { bytes.append(contentsOf: piece) }
        }
        return bytes
    }

    /// The next line without its end; `nil` at the end of the stream.
    ///
    /// > Suspends: When the end of the line has not arrived.
    package func line(limit: Int, _ patience: Limit) throws -> String? {
        guard let count = try distance(through: [0x0A], limit: limit, patience) else {
            if buffer.isEmpty { return nil }
            return String(decoding: buffer.take(upTo: buffer.count), as: UTF8.self)
        }
        var line = buffer.take(upTo: count)
        line.removeLast()
        if line.last == 0x0D { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
    }

    /// Everything up to the end of the next `delimiter`.
    ///
    /// > Suspends: When the delimiter has not arrived.
    package func bytes(
        through delimiter: [UInt8], limit: Int, _ patience: Limit
    ) throws -> [UInt8] {
        guard let count = try distance(through: delimiter, limit: limit, patience) else {
            throw UnexpectedEnd(received: buffer.count, expected: nil)
        }
        return buffer.take(upTo: count)
    }

    /// Up to `count` bytes that stay to be read, at least one; none at the end of the stream.
    ///
    /// > Suspends: When nothing has arrived.
    package func peek(upTo count: Int, _ limit: Limit) throws -> [UInt8] {
        if buffer.isEmpty { _ = try fill(limit) }
        return buffer.peek(upTo: count)
    }

    // Nil at the end of the stream; what came before it stays in the buffer.
    private func distance(
        through delimiter: [UInt8], limit: Int, _ patience: Limit
    ) throws -> Int? {
        require(!delimiter.isEmpty, "a delimiter has at least one byte")
        var searched = 0
        while true {
            if let count = buffer.distance(through: delimiter, searched: &searched) {
                if count > limit { throw LineTooLong(limit: limit) }
                return count
            }
            if searched >= limit { throw LineTooLong(limit: limit) }
            if try !fill(patience) { return nil }
        }
    }

    /// Adds to the buffer; false at the end of the stream.
    ///
    /// > Suspends: When nothing has arrived.
    package func fill(_ limit: Limit) throws -> Bool {
        let news = try receive(upTo: ReadBuffer.chunk, limit)
        if news.isEmpty { return false }
        buffer.append(news)
        return true
    }
}
