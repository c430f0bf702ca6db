// SPDX-License-Identifier: Apache-2.0
// Answers each line with the same line, over TLS, and asks servers that do. All files are PEM.
import Gevent
import GeventTLS
import Glibc

let usage = """
    usage: TLSEcho serve ADDRESS CERTIFICATES KEY [SECONDS-FOR-A-HANDSHAKE]
           TLSEcho ask HOST PORT AUTHORITIES LINE…
    """

func serve(_ address: String, _ certificates: String, _ key: String, _ seconds: Double?) throws {
    var configuration = TLSConfiguration.server(
        identity: try TLSIdentity(certificateFile: certificates, keyFile: key))
    configuration.applicationProtocols = ["echo", "http/1.1"]
    if let seconds { configuration.handshakeTimeout = .seconds(seconds) }
    let server = try StreamServer(address, tls: TLSContext(configuration)) { stream, address in
        while let line = try stream.readLine(limit: 8192), line != "quit" {
            try stream.write(line + "\n")
        }
    }
    try server.start()
    print("listening on \(server.address?.description ?? "nothing")")
    fflush(nil)
    try server.serveForever()
}

func ask(_ host: String, _ port: UInt16, _ authorities: String, _ lines: [String]) throws {
    var configuration = TLSConfiguration.client(trust: [.file(authorities)])
    configuration.applicationProtocols = ["echo"]
    let stream = try TLSStream.connect(
        host: host, port: port, configuration: configuration, timeout: .seconds(10))
    defer { stream.close() }
    print(
        stream.protocolVersion?.description ?? "no version", stream.cipherSuite ?? "no cipher",
        stream.alpnProtocol ?? "no protocol")
    for line in lines {
        try stream.write(line + "\n")
        print(try stream.readLine(limit: 8192) ?? "the end")
    }
}

let arguments = CommandLine.arguments.dropFirst()
do {
    switch (arguments.first, Array(arguments.dropFirst())) {
    case ("serve", let words) where 3...4 ~= words.count:
        try serve(words[0], words[1], words[2], words.count > 3 ? Double(words[3]) : nil)
    case ("ask", let words) where words.count >= 3:
        try ask(words[0], UInt16(words[1]) ?? 0, words[2], Array(words[3...]))
    default:
        print(usage)
        exit(2)
    }
} catch {
    print("TLSEcho: \(error)")
    exit(1)
}
