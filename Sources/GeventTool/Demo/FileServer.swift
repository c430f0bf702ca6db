// SPDX-License-Identifier: Apache-2.0
import Foundation
import Gevent

/// Serves the files of a list over HTTP, on the loopback interface, one greenlet a connection.
///
/// A request is looked up among the listed paths and never put together with the folder's, so
/// nothing else can be asked for.
final class FileServer {
    private static let chunk = 65_536
    private static let patience: Duration = .seconds(10)

    private let listener: TCPListener
    private let files: FileList
    private let known: Set<String>

    /// Listens on a free port.
    init(_ files: FileList) throws {
        self.files = files
        known = Set(files.paths)
        listener = try TCPListener(host: "127.0.0.1", port: 0, backlog: 1024)
    }

    /// The address of a file of the list.
    func address(of path: String) throws -> HTTPAddress {
        let encoded = path.utf8.map(Self.encoded).joined()
        return try HTTPAddress("http://127.0.0.1:\(listener.port)/\(encoded)")
    }

    /// Where it listens, as people write it.
    var address: String { listener.address.description }

    /// Takes connections until it is killed.
    ///
    /// > Suspends: Always.
    func run() throws {
        while true {
            do {
                let stream = try listener.accept()
                spawnRaw { [self] in serve(stream) }
            } catch let error as SystemError where error.code == EMFILE || error.code == ENFILE {
                // No number is free for the connection; one may be soon.
                try sleep(.milliseconds(10))
            }
        }
    }

    private func serve(_ stream: TCPStream) {
        defer { stream.close() }
        stream.timeout = Self.patience
        // A client that goes is no failure of the server's. Within a body nothing can be said any
        // more: closing tells that it is not complete.
        try? answer(stream)
    }

    private func answer(_ stream: TCPStream) throws {
        let head: MessageHead
        do {
            guard let read = try MessageHead(from: stream) else { return }
            head = read
        } catch is HTTPError {
            return try Self.refuse(stream, "400 Bad Request")
        }
        let parts = head.startLine.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].hasPrefix("HTTP/1.") else {
            return try Self.refuse(stream, "400 Bad Request")
        }
        guard parts[0] == "GET" else { return try Self.refuse(stream, "405 Method Not Allowed") }
        guard let path = parts[1].dropFirst().removingPercentEncoding, known.contains(path),
            let handle = FileHandle(forReadingAtPath: files.location(of: path))
        else { return try Self.refuse(stream, "404 Not Found") }
        defer { try? handle.close() }
        try send(handle, stream)
    }

    private func send(_ handle: FileHandle, _ stream: TCPStream) throws {
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: 0)
        try stream.write("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\nConnection: close\r\n\r\n")
        var left = Int(clamping: size)
        // What was added to the file meanwhile is left out; what was cut off ends the connection.
        while left > 0, let piece = try handle.read(upToCount: min(left, Self.chunk)) {
            try stream.write(piece)
            left -= piece.count
        }
    }

    private static func refuse(_ stream: TCPStream, _ status: String) throws {
        try stream.write("HTTP/1.1 \(status)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    }

    private static func encoded(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "/"), UInt8(ascii: "."),
            UInt8(ascii: "-"), UInt8(ascii: "_"):
            return String(UnicodeScalar(byte))
        default:
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
        }
    }
}
