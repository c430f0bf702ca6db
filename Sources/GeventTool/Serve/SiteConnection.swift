// SPDX-License-Identifier: Apache-2.0
import Foundation
import Gevent

/// A client of a site, from its first request to its last.
final class SiteConnection {
    private static let patience: Duration = .seconds(30)
    private static let chunk = 65_536

    private let site: StaticSite
    private let stream: any ByteStream
    private var isHead = false
    private var keepsAlive = false
    /// What is told about each request.
    var log: (String) -> Void = { _ in }

    /// Serves `site` to whoever is at the other end of `stream`.
    init(_ site: StaticSite, on stream: any ByteStream) {
        self.site = site
        self.stream = stream
    }

    /// Answers requests until the client has had enough.
    ///
    /// > Suspends: Always.
    func serve() throws {
        stream.timeout = Self.patience
        do {
            repeat { try answerOne() } while keepsAlive
        } catch is SystemError {
            // The client has gone, which is no failure of the server's.
        } catch is SocketTimeoutError {
        } catch is UnexpectedEnd {}
    }

    private func answerOne() throws {
        keepsAlive = false
        let request: SiteRequest
        do {
            // A head has to be there as a whole in time, however little by little it comes.
            let limit = SocketTimeoutError(operation: "read", duration: Self.patience)
            let read = try withTimeout(Self.patience, throwing: limit) {
                try SiteRequest(from: stream)
            }
            guard let read else { return }
            request = read
        } catch let error as HTTPError {
            return try refuse(error)
        }
        log("\(request.method) \(request.path.debugDescription)")
        isHead = request.method == "HEAD"
        keepsAlive = request.keepsAlive
        guard request.method == "GET" || isHead else {
            keepsAlive = false
            return try say("405 Method Not Allowed", ["Allow: GET, HEAD"])
        }
        switch site.page(at: request.path) {
        case .file(let file): try send(file)
        case .folder(let folder): try send(FolderListing(folder, at: request.path))
        case .folderWithoutSlash:
            let location = "/" + FolderListing.encoded(request.path) + "/"
            try say("301 Moved Permanently", ["Location: \(location)"])
        case .nothing: try say("404 Not Found")
        }
    }

    private func refuse(_ error: HTTPError) throws {
        switch error {
        case .tooLarge(MessageHead.firstLine): try say("414 URI Too Long")
        case .tooLarge: try say("431 Request Header Fields Too Large")
        default: try say("400 Bad Request")
        }
    }

    private func send(_ file: OpenFile) throws {
        try writeHead("200 OK", length: file.size, ["Content-Type: \(ContentType.of(file.path))"])
        if isHead || file.size == 0 { return }
        let sent: Int
        if let socket = stream as? SocketStream {
            sent = try socket.sendFile(descriptor: file.number, count: file.size)
        } else {
            sent = try copy(file)
        }
        // A file that was cut off meanwhile: only the end of the connection can tell.
        if sent < file.size { keepsAlive = false }
    }

    private func copy(_ file: OpenFile) throws -> Int {
        let handle = FileHandle(fileDescriptor: file.number, closeOnDealloc: false)
        var sent = 0
        while sent < file.size,
            let piece = try handle.read(upToCount: min(Self.chunk, file.size - sent)),
            !piece.isEmpty
        {
            try stream.write(Array(piece))
            sent += piece.count
        }
        return sent
    }

    private func send(_ listing: FolderListing) throws {
        let page = Array(listing.page.utf8)
        try writeHead("200 OK", length: page.count, ["Content-Type: text/html; charset=utf-8"])
        if !isHead { try stream.write(page) }
    }

    private func say(_ status: String, _ fields: [String] = []) throws {
        let body = Array("\(status)\n".utf8)
        try writeHead(
            status, length: body.count, fields + ["Content-Type: text/plain; charset=utf-8"])
        if !isHead { try stream.write(body) }
    }

    private func writeHead(_ status: String, length: Int, _ fields: [String]) throws {
        let lines =
            ["HTTP/1.1 \(status)", "Content-Length: \(length)"] + fields + [
                "X-Content-Type-Options: nosniff",
                "Connection: \(keepsAlive ? "keep-alive" : "close")",
            ]
        try stream.write(lines.joined(separator: "\r\n") + "\r\n\r\n")
    }
}
