// SPDX-License-Identifier: Apache-2.0
// Answers each line with the same line: EchoServer [ADDRESS]. Counterpart of gevent's echoserver.py.
import Gevent
import Glibc

func echo(_ stream: any ByteStream, _ address: SocketAddress) throws {
    print("new connection from \(address)")
    try stream.write("Welcome to the echo server! Type quit to exit.\r\n")
    while let line = try stream.readLine(limit: 8192) {
        if line.lowercased() == "quit" { break }
        try stream.write(line + "\n")
    }
    print("\(address) disconnected")
}

let server = try StreamServer(CommandLine.arguments.dropFirst().first ?? ":16000", echo)
try server.start()
print("listening on \(server.address?.description ?? "nothing")")
fflush(nil)
try server.serveForever()
