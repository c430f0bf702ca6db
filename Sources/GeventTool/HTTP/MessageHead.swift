// SPDX-License-Identifier: Apache-2.0
import Gevent

/// The first line and the fields of a request or an answer.
struct MessageHead {
    /// The most bytes of one line.
    private static let lineLimit = 8192
    /// The most bytes of all lines together.
    private static let totalLimit = 65_536
    /// The most fields.
    private static let fieldLimit = 100

    /// What a first line that is too long is called in an error.
    static let firstLine = "the first line"

    /// The first line.
    let startLine: String
    private let fields: [(name: String, value: String)]

    /// Reads a head, up to its empty line.
    ///
    /// - Returns: `nil` if the stream ends before the first byte.
    /// - Throws: ``HTTPError``, and what reading throws.
    init?(from stream: some ByteStream) throws {
        guard let startLine = try Self.line(of: stream, Self.firstLine) else { return nil }
        var fields: [(name: String, value: String)] = []
        var total = startLine.utf8.count
        while true {
            guard let line = try Self.line(of: stream) else {
                throw HTTPError.malformed("it ends within its head")
            }
            if line.isEmpty { break }
            total += line.utf8.count
            guard total <= Self.totalLimit, fields.count < Self.fieldLimit else {
                throw HTTPError.tooLarge("the head")
            }
            fields.append(try Self.field(line))
        }
        self.startLine = startLine
        self.fields = fields
    }

    /// The values of a field, in the order they came; `name` is in lower case.
    func values(of name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    private static func line(
        of stream: some ByteStream, _ what: String = "a line of the head"
    ) throws -> String? {
        do { return try stream.readLine(limit: lineLimit) } catch is LineTooLong {
            throw HTTPError.tooLarge(what)
        }
    }

    private static func field(_ line: String) throws -> (name: String, value: String) {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        // A space in a name, or a line that goes on the one before, is how two readers of one
        // message come to see different ones.
        guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.allSatisfy(isTokenByte) else {
            throw HTTPError.malformed("a field without a proper name")
        }
        let value = parts[1].drop { $0 == " " || $0 == "\t" }
        let end = value.lastIndex { $0 != " " && $0 != "\t" }
        return (parts[0].lowercased(), end.map { String(value[...$0]) } ?? "")
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default:
            "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
