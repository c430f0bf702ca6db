// SPDX-License-Identifier: Apache-2.0
// Sends a message and shows the answer: UDPClient PORT TEXT. Counterpart of gevent's udp_client.py.
import Gevent
import Glibc

let arguments = CommandLine.arguments.dropFirst()
guard let port = arguments.first.flatMap({ UInt16($0) }), arguments.count == 2,
    let text = arguments.last
else {
    print("usage: UDPClient PORT TEXT")
    exit(2)
}
let socket = try UDPSocket()
try socket.connect(to: .loopback(port: port))
socket.timeout = .seconds(1)
do {
    try socket.send(text)
    let answer = try socket.receive()
    print(
        "\(answer.sender?.description ?? "somebody") said:",
        String(decoding: answer.bytes, as: UTF8.self))
} catch {
    print("no answer: \(error)")
    exit(1)
}
