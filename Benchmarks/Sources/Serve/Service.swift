// SPDX-License-Identifier: Apache-2.0
internal import Gevent
internal import GeventTLS

/// What is done with a connection.
enum Service {
    /// Every byte goes back.
    case echo
    /// The head of each request is read, and the same page goes back: what a user has before a library for HTTP.
    case http
    /// Bytes are read and dropped.
    case sink
    /// Chunks are written until the peer has enough.
    case source
    /// A file is sent, once.
    case file(String)
    /// Every byte goes back, over TLS.
    case tls(certificate: String, key: String)

    private static let page = """
        HTTP/1.1 200 OK\r
        Content-Type: text/plain\r
        Content-Length: 13\r
        \r
        Hello, world!
        """
    private static let chunkSize = 65_536
    // As many as the load opens at once; the default is right for a server that is not under test.
    private static let backlog = 4096

    func server(on address: String) throws -> StreamServer {
        let backlog = Self.backlog
        switch self {
        case .echo:
            return try StreamServer(address, backlog: backlog) { stream, _ in
                Self.sendAtOnce(stream)
                try Self.echo(stream)
            }
        case .http:
            return try StreamServer(address, backlog: backlog) { stream, _ in
                Self.sendAtOnce(stream)
                try Self.answer(stream)
            }
        case .sink:
            return try StreamServer(address, backlog: backlog) { stream, _ in
                try Self.swallow(stream)
            }
        case .source:
            return try StreamServer(address, backlog: backlog) { stream, _ in
                Self.sendAtOnce(stream)
                Self.pour(stream)
            }
        case .file(let path):
            return try StreamServer(address, backlog: backlog) { stream, _ in
                Self.sendAtOnce(stream)
                if let stream = stream as? SocketStream { try stream.sendFile(path) }
            }
        case .tls(let certificate, let key):
            let identity = try TLSIdentity(certificateFile: certificate, keyFile: key)
            let context = try TLSContext(.server(identity: identity))
            return try StreamServer(address, tls: context, backlog: backlog) { stream, _ in
                try Self.echo(stream)
            }
        }
    }

    // As the other servers do, and most that answer.
    private static func sendAtOnce(_ stream: some ByteStream) {
        (stream as? TCPStream)?.noDelay = true
    }

    private static func echo(_ stream: some ByteStream) throws {
        while true {
            let bytes = try stream.read(upTo: 4096)
            if bytes.isEmpty { return }
            try stream.write(bytes)
        }
    }

    private static func answer(_ stream: some ByteStream) throws {
        while let line = try stream.readLine(limit: 8192) {
            guard line.isEmpty else { continue }
            try stream.write(page)
        }
    }

    private static func swallow(_ stream: some ByteStream) throws {
        var chunk = [UInt8](repeating: 0, count: chunkSize)
        while true {
            var span = chunk.mutableSpan
            // SAFETY: any bytes are bytes.
            var room = unsafe span.mutableBytes
            if try stream.read(into: &room) == 0 { return }
        }
    }

    private static func pour(_ stream: some ByteStream) {
        let chunk = [UInt8](repeating: 120, count: chunkSize)
        // The peer ends this by going away.
        while (try? stream.write(chunk)) != nil {}
    }
}
