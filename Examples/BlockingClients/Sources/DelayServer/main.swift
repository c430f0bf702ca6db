// SPDX-License-Identifier: Apache-2.0
// Answers each HTTP request after a while: DelayServer ADDRESS SECONDS [CERTIFICATES KEY]. The answer
// is the path that was asked for. With the two PEM files it speaks TLS.
import Gevent
import GeventTLS
import Glibc

func answer(_ stream: any ByteStream, after delay: Duration) throws {
    var staysOpen = true
    while staysOpen, let request = try stream.readLine(limit: 8192) {
        staysOpen = request.contains("HTTP/1.1")
        while let line = try stream.readLine(limit: 8192), line != "", line != "\r" {
            if line.lowercased().hasPrefix("connection: close") { staysOpen = false }
        }
        try sleep(delay)
        let words = request.split(separator: " ")
        let body = words.count > 1 ? String(words[1]) : ""
        let connection = staysOpen ? "keep-alive" : "close"
        let head = "Content-Length: \(body.utf8.count)\r\nConnection: \(connection)"
        try stream.write("HTTP/1.1 200 OK\r\n\(head)\r\n\r\n\(body)")
    }
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 2 || arguments.count == 4, let seconds = Double(arguments[1]) else {
    print("usage: DelayServer ADDRESS SECONDS [CERTIFICATES KEY]")
    exit(2)
}
let delay = Duration.seconds(seconds)
let server: StreamServer
if arguments.count == 4 {
    let identity = try TLSIdentity(certificateFile: arguments[2], keyFile: arguments[3])
    let context = try TLSContext(TLSConfiguration.server(identity: identity))
    server = try StreamServer(arguments[0], tls: context, backlog: 1024) { stream, _ in
        try answer(stream, after: delay)
    }
} else {
    server = try StreamServer(arguments[0], backlog: 1024) { stream, _ in
        try answer(stream, after: delay)
    }
}
try server.start()
print("listening on \(server.address?.description ?? "nothing")")
fflush(nil)
try server.serveForever()
