// SPDX-License-Identifier: Apache-2.0
// A proxy for HTTPS clients, which speaks HTTP's CONNECT: ConnectProxy [ADDRESS]. Everybody who
// reaches it can reach what it reaches: it listens on this machine only, unless told otherwise.
// Counterpart of gevent's webproxy.py.
import Gevent
import Glibc

/// Where a client wants to go, from the head of its request; `nil` for what is none.
func destination(of stream: any ByteStream) throws -> (host: String, port: UInt16)? {
    guard let line = try stream.readLine(limit: 8192) else { return nil }
    var count = 0
    while let field = try stream.readLine(limit: 8192), !field.isEmpty {
        count += 1
        if count > 100 { return nil }
    }
    let words = line.split(separator: " ")
    guard words.count == 3, words[0] == "CONNECT", let colon = words[1].lastIndex(of: ":"),
        let port = UInt16(words[1][words[1].index(after: colon)...])
    else { return nil }
    let host = words[1][..<colon]
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    return (String(isBracketed ? host.dropFirst().dropLast() : host), port)
}

/// Connects a client with what it asks for.
func serve(_ client: any ByteStream) throws {
    let head = try withTimeout(.seconds(10), default: nil) { try destination(of: client) }
    guard let (host, port) = head else {
        return try client.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    }
    let target: TCPStream
    do { target = try connect(host: host, port: port, timeout: .seconds(10)) } catch is ConnectError
    {
        return try client.write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
    } catch is LookupError {
        return try client.write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
    }
    defer { target.close() }
    try client.write("HTTP/1.1 200 Connection established\r\n\r\n")
    print("connected to \(host):\(port)")
    let back = spawn {
        try copy(from: target, to: client)
        try? client.shutdownWrite()
    }
    defer { kill(back) }
    try copy(from: client, to: target)
    try? target.shutdownWrite()
    try back.get()
}

let address = CommandLine.arguments.dropFirst().first ?? "127.0.0.1:16002"
let server = try StreamServer(address, maxConnections: 500) { client, _ in try serve(client) }
try server.start()
print("listening on \(server.address?.description ?? "nothing")")
fflush(nil)
try server.serveForever()
