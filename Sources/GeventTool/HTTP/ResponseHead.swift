// SPDX-License-Identifier: Apache-2.0
import Gevent

/// How an answer's body ends.
enum BodyFraming: Equatable {
    /// There is none.
    case none
    /// After so many bytes.
    case length(Int)
    /// With an empty chunk.
    case chunked
    /// With the connection.
    case untilClose
}

/// The status of an answer, and how to read its body.
struct ResponseHead {
    /// The most answers of the kind "more to come" before the real one.
    private static let interimLimit = 10

    /// The number, such as 200.
    let status: Int
    /// The text behind it.
    let reason: String
    /// Where a redirect leads.
    let location: String?
    /// How the body ends.
    let framing: BodyFraming

    /// Reads the head of the answer to a `GET`, passing over those that only say "wait".
    ///
    /// - Throws: ``HTTPError``, and what reading throws.
    init(from stream: some ByteStream) throws {
        for _ in 0...Self.interimLimit {
            guard let head = try MessageHead(from: stream) else {
                throw HTTPError.malformed("it is empty")
            }
            let (status, reason) = try Self.status(of: head.startLine)
            if (100..<200).contains(status) && status != 101 { continue }
            self.status = status
            self.reason = reason
            location = head.values(of: "location").first
            framing = try Self.framing(of: head, status: status)
            return
        }
        throw HTTPError.tooLarge("the number of interim answers")
    }

    private static func status(of line: String) throws -> (Int, String) {
        let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0] == "HTTP/1.1" || parts[0] == "HTTP/1.0",
            parts[1].utf8.count == 3, let status = number(parts[1]), status >= 100
        else { throw HTTPError.malformed("the first line is not HTTP/1") }
        // The text is shown on a terminal, which obeys control characters.
        let reason = (parts.count > 2 ? parts[2] : "").unicodeScalars
        let isHarmless: (UnicodeScalar) -> Bool = { $0.properties.generalCategory != .control }
        return (status, String(String.UnicodeScalarView(reason.map { isHarmless($0) ? $0 : "?" })))
    }

    private static func framing(of head: MessageHead, status: Int) throws -> BodyFraming {
        let codings = head.values(of: "transfer-encoding")
        let lengths = head.values(of: "content-length")
        if status == 204 || status == 304 { return .none }
        if !codings.isEmpty {
            guard codings.count == 1, codings[0].lowercased() == "chunked", lengths.isEmpty else {
                throw HTTPError.malformed("it says in two ways, or an unknown one, how it ends")
            }
            return .chunked
        }
        guard let first = lengths.first else { return .untilClose }
        guard lengths.allSatisfy({ $0 == first }), let length = number(first[...]) else {
            throw HTTPError.malformed("its Content-Length is no number")
        }
        return .length(length)
    }

    // Digits only: Int("+5") would be a number too.
    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
