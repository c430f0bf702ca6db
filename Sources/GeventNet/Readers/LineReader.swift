// SPDX-License-Identifier: Apache-2.0

/// Takes a ``ByteStream`` apart into lines.
///
/// ```swift
/// try LineReader(stream).forEach { line in … }
/// ```
///
/// gevent: iterating over `makefile()`.
public struct LineReader {
    private let stream: any ByteStream
    private let limit: Int

    /// Reads lines from `stream`.
    ///
    /// - Parameters:
    ///   - stream: Where they come from.
    ///   - limit: The most bytes that a line may have, its end included.
    public init(_ stream: any ByteStream, limit: Int = 65_536) {
        self.stream = stream
        self.limit = limit
    }

    /// The next line without its end; `nil` at the end of the stream.
    ///
    /// > Suspends: When the end of the line has not arrived.
    ///
    /// - Throws: ``LineTooLong``; what the stream throws.
    public func next() throws -> String? { try stream.readLine(limit: limit) }

    /// Calls `body` with each line until the stream ends.
    ///
    /// > Suspends: When the end of a line has not arrived.
    ///
    /// - Throws: ``LineTooLong``; what the stream or `body` throws.
    public func forEach(_ body: (String) throws -> Void) throws {
        while let line = try next() { try body(line) }
    }
}
