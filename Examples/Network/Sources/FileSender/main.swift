// SPDX-License-Identifier: Apache-2.0
// Sends a file to whoever connects, without copying it through the process: FileSender FILE
// [ADDRESS]. Counterpart of a gevent server with socket.sendfile.
import Gevent
import Glibc

let arguments = CommandLine.arguments.dropFirst()
guard let path = arguments.first else {
    print("usage: FileSender FILE [ADDRESS]")
    exit(2)
}
let server = try StreamServer(arguments.dropFirst().first ?? ":16003") { stream, peer in
    guard let stream = stream as? SocketStream else { return }
    print("\(peer) has got \(try stream.sendFile(path)) bytes")
}
try server.start()
print("listening on \(server.address?.description ?? "nothing")")
fflush(nil)
try server.serveForever()
