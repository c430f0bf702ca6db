// SPDX-License-Identifier: Apache-2.0
internal import GeventNet

/// What reading comes to when all the bytes are there from the start.
struct NaiveReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func take(_ count: Int) -> [UInt8] {
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func readExactly(_ count: Int) throws -> [UInt8] {
        if rest.count < count { throw UnexpectedEnd(received: rest.count, expected: count) }
        return take(count)
    }

    mutating func readLine(limit: Int) throws -> String? {
        guard let end = try end(of: [0x0A], limit: limit) else {
            return rest.isEmpty ? nil : String(decoding: take(rest.count), as: UTF8.self)
        }
        let line = take(end).dropLast()
        return String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    }

    mutating func read(through delimiter: [UInt8], limit: Int) throws -> [UInt8] {
        guard let end = try end(of: delimiter, limit: limit) else {
            throw UnexpectedEnd(received: rest.count, expected: nil)
        }
        return take(end)
    }

    mutating func readAll(limit: Int) throws -> [UInt8] {
        if rest.count > limit { throw LineTooLong(limit: limit) }
        return take(rest.count)
    }

    // A delimiter that begins before the limit may still be within it, so a reader goes on there.
    private func end(of delimiter: [UInt8], limit: Int) throws -> Int? {
        let bytes = Array(rest)
        for start in bytes.indices where bytes[start] == delimiter[0] {
            if start + delimiter.count > bytes.count {
                if start >= limit { throw LineTooLong(limit: limit) }
                return nil
            }
            guard bytes[start...].starts(with: delimiter) else { continue }
            let end = start + delimiter.count
            if end > limit { throw LineTooLong(limit: limit) }
            return end
        }
        if bytes.count >= limit { throw LineTooLong(limit: limit) }
        return nil
    }
}
