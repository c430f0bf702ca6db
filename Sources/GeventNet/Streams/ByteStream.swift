// SPDX-License-Identifier: Apache-2.0

/// Bytes in order, both ways, that look as if they blocked.
///
/// Write functions over `some ByteStream` and they work on whatever carries bytes. One greenlet may
/// read while another writes.
public protocol ByteStream: AnyObject {
    /// The limit for each operation; `nil` waits for ever.
    var timeout: Duration? { get set }

    /// Reads what has arrived, at least one byte.
    ///
    /// > Suspends: When nothing has arrived.
    ///
    /// - Parameter room: Where the bytes go, from its beginning.
    /// - Returns: How many bytes; 0 at the end of the stream.
    /// - Throws: What the stream says is wrong, ``SocketTimeoutError``, what strikes the greenlet.
    func read(into room: inout MutableRawSpan) throws -> Int

    /// Reads what has arrived, at least one byte and at most `limit`.
    ///
    /// > Suspends: When nothing has arrived.
    ///
    /// - Returns: The bytes; none at the end of the stream.
    func read(upTo limit: Int) throws -> [UInt8]

    /// Reads exactly `count` bytes.
    ///
    /// > Suspends: When not all of them have arrived.
    ///
    /// - Throws: ``UnexpectedEnd`` if the stream ends before.
    func readExactly(_ count: Int) throws -> [UInt8]

    /// Reads a line.
    ///
    /// > Suspends: When the end of the line has not arrived.
    ///
    /// - Parameter limit: The most bytes that a line may have.
    /// - Returns: The line without its end; `nil` at the end of the stream.
    /// - Throws: ``LineTooLong``.
    func readLine(limit: Int) throws -> String?

    /// Reads everything up to the end of the next `delimiter`.
    ///
    /// > Suspends: When the delimiter has not arrived.
    ///
    /// - Parameters:
    ///   - delimiter: At least one byte.
    ///   - limit: The most bytes that there may be, the delimiter's included.
    /// - Returns: The bytes with the delimiter.
    /// - Throws: ``LineTooLong``; ``UnexpectedEnd`` if the stream ends before.
    func read(through delimiter: [UInt8], limit: Int) throws -> [UInt8]

    /// Writes all of `bytes`.
    ///
    /// > Suspends: When there is no room for all of them.
    func write(_ bytes: RawSpan) throws

    /// Writes all of several pieces, one behind the other.
    ///
    /// > Suspends: When there is no room for all of them.
    func write(gathering pieces: [[UInt8]]) throws

    /// Says that nothing more will be written: the peer reads the end of the stream.
    func shutdownWrite() throws

    /// Closes both directions.
    func close()
}

extension ByteStream {
    /// Writes all of several pieces, after copying them to one place.
    ///
    /// > Suspends: When there is no room for all of them.
    public func write(gathering pieces: [[UInt8]]) throws {
        try write(Array(pieces.joined()))
    }

    /// Writes all of `bytes`.
    ///
    /// > Suspends: When there is no room for all of them.
    ///
    /// - Throws: What the other forms of `write` throw.
    public func write(_ bytes: [UInt8]) throws {
        // SAFETY: bytes have no padding that could be uninitialised.
        try write(unsafe bytes.span.bytes)
    }

    /// Writes all of `bytes`.
    ///
    /// > Suspends: When there is no room for all of them.
    ///
    /// - Throws: What the other forms of `write` throw.
    public func write(_ bytes: ArraySlice<UInt8>) throws {
        // SAFETY: bytes have no padding that could be uninitialised.
        try write(unsafe bytes.span.bytes)
    }

    /// Writes all of `bytes`, after copying them to one place.
    ///
    /// > Suspends: When there is no room for all of them.
    ///
    /// - Throws: What the other forms of `write` throw.
    public func write(_ bytes: some Sequence<UInt8>) throws {
        try write(Array(bytes))
    }

    /// Writes `text` in UTF-8, without an end of line of its own.
    ///
    /// > Suspends: When there is no room for all of it.
    ///
    /// - Throws: What the other forms of `write` throw.
    public func write(_ text: String) throws {
        try write(Array(text.utf8))
    }
}
