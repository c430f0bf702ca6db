// Messages over UDP: each arrives as a whole, with its sender.

import Gevent

let server = try DatagramServer("127.0.0.1:0") { bytes, sender, server in
    try server.sendTo(bytes.reversed(), sender)
}
try server.start()

let socket = try UDPSocket(on: .loopback(port: 0))
try socket.connect(to: .loopback(port: server.port))
socket.timeout = .seconds(5)
try socket.send("stressed")
print(String(decoding: try socket.receive().bytes, as: UTF8.self))
try server.stop()
