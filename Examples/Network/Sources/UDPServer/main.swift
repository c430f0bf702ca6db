// SPDX-License-Identifier: Apache-2.0
// Says how long each message was: UDPServer [ADDRESS]. Counterpart of gevent's udp_server.py.
import Gevent
import Glibc

let address = CommandLine.arguments.dropFirst().first ?? ":9000"
let server = try DatagramServer(address, spawn: .count(100)) { bytes, sender, server in
    print("\(sender) sent \(bytes.count) bytes")
    try server.sendTo(Array("Received \(bytes.count) bytes".utf8), sender)
}
try server.start()
print("listening on \(server.address?.description ?? "nothing")")
fflush(nil)
try server.serveForever()
