// SPDX-License-Identifier: Apache-2.0
package import GeventCore
public import GeventNet
internal import GeventSync
internal import GeventSystem

/// One end of a stream that goes through memory, with room for so many bytes each way.
public final class MemoryStream: ByteStream {
    private let incoming: MemoryPipe
    private let outgoing: MemoryPipe
    /// What was read ahead.
    package var buffer = ReadBuffer()
    /// The limit for each operation.
    public var timeout: Duration?

    private init(_ incoming: MemoryPipe, _ outgoing: MemoryPipe) {
        self.incoming = incoming
        self.outgoing = outgoing
    }

    /// Two ends of a stream, with room for `capacity` bytes each way.
    public static func pair(capacity: Int = 65_536) -> (MemoryStream, MemoryStream) {
        let (there, back) = (MemoryPipe(capacity: capacity), MemoryPipe(capacity: capacity))
        return (MemoryStream(back, there), MemoryStream(there, back))
    }

    /// Reads what has arrived.
    ///
    /// > Suspends: When nothing has.
    public func read(into room: inout MutableRawSpan) throws -> Int {
        if room.byteCount == 0 { return 0 }
        if buffer.isEmpty { _ = try reading { try fill($0) } }
        return buffer.take(into: &room)
    }

    /// Reads what has arrived.
    ///
    /// > Suspends: When nothing has.
    public func read(upTo limit: Int) throws -> [UInt8] {
        try reading { try next(upTo: limit, $0) }
    }

    /// Reads exactly so many bytes.
    ///
    /// > Suspends: When not all have arrived.
    public func readExactly(_ count: Int) throws -> [UInt8] {
        try reading { try exactly(count, $0) }
    }

    /// Reads a line.
    ///
    /// > Suspends: When its end has not arrived.
    public func readLine(limit: Int) throws -> String? {
        try reading { try line(limit: limit, $0) }
    }

    /// Reads up to the end of a delimiter.
    ///
    /// > Suspends: When it has not arrived.
    public func read(through delimiter: [UInt8], limit: Int) throws -> [UInt8] {
        try reading { try bytes(through: delimiter, limit: limit, $0) }
    }

    /// Writes all of `bytes`.
    ///
    /// > Suspends: When there is no room for all of them.
    public func write(_ bytes: RawSpan) throws {
        try outgoing.writing {
            let limit = Limit(timeout)
            var sent = 0
            while sent < bytes.byteCount {
                let count = try outgoing.waitForRoom(limit, timeout)
                let end = min(bytes.byteCount, sent + count)
                outgoing.append((sent..<end).map { bytes.unsafeLoad($0) })
                sent = end
            }
        }
    }

    /// Ends the way to the other end.
    public func shutdownWrite() throws { outgoing.end() }

    /// Ends both ways.
    public func close() {
        incoming.close(byReader: true)
        outgoing.close(byReader: false)
        buffer.clear()
    }

    private func reading<Result>(_ body: (Limit) throws -> Result) throws -> Result {
        try incoming.reading { try body(Limit(timeout)) }
    }
}

extension MemoryStream: BufferedSource {
    /// Waits for what arrives, past the buffer.
    ///
    /// > Suspends: When nothing has arrived.
    package func receive(upTo count: Int, _ limit: Limit) throws -> [UInt8] {
        try incoming.take(upTo: count, limit, timeout)
    }
}

extension RawSpan {
    fileprivate borrowing func unsafeLoad(_ offset: Int) -> UInt8 {
        // SAFETY: every value of a byte is one of UInt8; the callers stay within the span.
        unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }
}
