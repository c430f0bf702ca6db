// SPDX-License-Identifier: Apache-2.0
package import GeventCore
internal import GeventNet

// Every read throws `SystemError` (`ECONNRESET`, `EBADF` once closed), `SocketTimeoutError`,
// `ConcurrentObjectUseError` while another greenlet reads, and what strikes the greenlet.
extension MemoryStream {
    /// Reads what has arrived, at least one byte.
    ///
    /// > Suspends: When nothing has arrived.
    ///
    /// - Parameter room: Where the bytes go, from its beginning.
    /// - Returns: How many bytes; 0 at the end of the stream.
    /// - Throws: What the other reads throw.
    public final func read(into room: inout MutableRawSpan) throws -> Int {
        if room.byteCount == 0 { return 0 }
        let bytes = try read(upTo: room.byteCount)
        for (offset, byte) in bytes.enumerated() {
            room.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
        }
        return bytes.count
    }

    /// Reads what has arrived, at least one byte and at most `limit`.
    ///
    /// > Suspends: When nothing has arrived.
    ///
    /// - Returns: The bytes; none at the end of the stream.
    public final func read(upTo limit: Int) throws -> [UInt8] {
        try reading { try piece(upTo: limit, $0) }
    }

    /// Reads exactly `count` bytes; who is struck before the last has taken none.
    ///
    /// > Suspends: When not all of them have arrived.
    ///
    /// - Throws: `UnexpectedEnd` if the stream ends before.
    public final func readExactly(_ count: Int) throws -> [UInt8] {
        try reading { patience in
            var bytes: [UInt8] = []
            do {
                while bytes.count < count {
                    let next = try piece(upTo: count - bytes.count, patience)
                    if next.isEmpty {
                        throw UnexpectedEnd(received: bytes.count, expected: count)
                    }
                    bytes += next
                }
            } catch {
                buffer.append(bytes)
                throw error
            }
            return bytes
        }
    }

    /// Reads a line.
    ///
    /// > Suspends: When its end has not arrived.
    ///
    /// - Parameter limit: The most bytes that a line may have.
    /// - Returns: The line without its end; `nil` at the end of the stream.
    /// - Throws: `LineTooLong`.
    public final func readLine(limit: Int) throws -> String? {
        try reading { try line(limit: limit, $0) }
    }

    /// Reads everything up to the end of the next `delimiter`.
    ///
    /// > Suspends: When the delimiter has not arrived.
    ///
    /// - Parameters:
    ///   - delimiter: At least one byte.
    ///   - limit: The most bytes that there may be, the delimiter's included.
    /// - Returns: The bytes with the delimiter.
    /// - Throws: `LineTooLong`; `UnexpectedEnd` if the stream ends before.
    public final func read(through delimiter: [UInt8], limit: Int) throws -> [UInt8] {
        try reading { try bytes(through: delimiter, limit: limit, $0) }
    }

    private func reading<Result>(_ body: (Limit) throws -> Result) throws -> Result {
        try incoming.reading { try body(Limit(timeout)) }
    }

    private func piece(upTo count: Int, _ patience: Limit) throws -> [UInt8] {
        if !buffer.isEmpty { return buffer.take(upTo: count) }
        return try incoming.take(upTo: count, patience, timeout)
    }
}

extension MemoryStream: BufferedSource {
    /// Waits for what arrives, past the buffer.
    ///
    /// > Suspends: When nothing has arrived.
    package final func receive(upTo count: Int, _ limit: Limit) throws -> [UInt8] {
        // Without room between the ends nothing is read ahead: a line's end is looked for byte by
        // byte.
        try incoming.take(upTo: incoming.isLockstep ? 1 : count, limit, timeout)
    }
}
