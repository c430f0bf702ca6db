// SPDX-License-Identifier: Apache-2.0
import Foundation
import Gevent

/// What a client asks of a site.
struct SiteRequest {
    /// The word in front: `GET`, `HEAD`.
    let method: String
    /// The path, its percent-encoding undone once, without the query.
    let path: String
    /// Whether the client wants to ask for more.
    let keepsAlive: Bool

    /// Reads a request.
    ///
    /// - Returns: `nil` if the client has gone.
    /// - Throws: ``HTTPError``, and what reading throws.
    init?(from stream: some ByteStream) throws {
        guard let head = try MessageHead(from: stream) else { return nil }
        let parts = head.startLine.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2] == "HTTP/1.1" || parts[2] == "HTTP/1.0",
            !parts[0].isEmpty, parts[0].utf8.allSatisfy({ (0x41...0x5A).contains($0) })
        else { throw HTTPError.malformed("the first line is no request of HTTP/1") }
        let isNew = parts[2] == "HTTP/1.1"
        guard head.values(of: "host").count == 1 || (!isNew && head.values(of: "host").isEmpty)
        else { throw HTTPError.malformed("it names no host, or several") }
        method = String(parts[0])
        path = try Self.path(parts[1])
        let options = head.values(of: "connection").flatMap {
            $0.lowercased().split(separator: ",")
        }
        .map { $0.trimmingCharacters(in: .whitespaces) }
        // A body is not read, and what comes behind it would be taken for a request.
        let hasBody =
            !head.values(of: "transfer-encoding").isEmpty
            || head.values(of: "content-length").contains { $0 != "0" }
        keepsAlive =
            !hasBody && !options.contains("close") && (isNew || options.contains("keep-alive"))
    }

    private static func path(_ target: Substring) throws -> String {
        var target = target
        if target.hasPrefix("http://") {
            target = target.dropFirst("http://".count)
            target = target.firstIndex(of: "/").map { target[$0...] } ?? "/"
        }
        let raw = target.prefix { $0 != "?" }
        guard raw.hasPrefix("/"), let path = raw.removingPercentEncoding,
            !path.utf8.contains(0)
        else { throw HTTPError.malformed("its path") }
        return path
    }
}
