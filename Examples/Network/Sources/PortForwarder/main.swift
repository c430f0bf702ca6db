// SPDX-License-Identifier: Apache-2.0
// Passes connections on: PortForwarder ADDRESS HOST PORT. Counterpart of gevent's portforwarder.py.
import Gevent
import Glibc

/// Moves bytes one way, and passes on their end.
func pass(from source: any ByteStream, to destination: any ByteStream) throws {
    try copy(from: source, to: destination)
    try? destination.shutdownWrite()
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 3, let address = arguments.first, let host = arguments.dropFirst().first,
    let port = arguments.last.flatMap({ UInt16($0) })
else {
    print("usage: PortForwarder ADDRESS HOST PORT")
    exit(2)
}
let server = try StreamServer(address) { client, peer in
    let target = try connect(host: host, port: port, timeout: .seconds(10))
    defer { target.close() }
    print("\(peer) is connected to \(target.remoteAddress?.description ?? host)")
    let back = spawn { try pass(from: target, to: client) }
    defer { kill(back) }
    try pass(from: client, to: target)
    try back.get()
}
try server.start()
print("listening on \(server.address?.description ?? "nothing")")
fflush(nil)
try server.serveForever()
