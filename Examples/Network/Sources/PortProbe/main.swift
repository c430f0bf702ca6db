// SPDX-License-Identifier: Apache-2.0
// Says whether a port takes connections, and why not: PortProbe HOST PORT [SECONDS [COUNT]]. Makes
// COUNT connections, one after the other, and keeps those that there are.
import Gevent
import Glibc

let arguments = Array(CommandLine.arguments.dropFirst())
guard (2...4).contains(arguments.count), let port = UInt16(arguments[1]),
    let seconds = arguments.count > 2 ? Double(arguments[2]) : 5, seconds > 0,
    let count = arguments.count > 3 ? Int(arguments[3]) : 1
else {
    print("usage: PortProbe HOST PORT [SECONDS [COUNT]]")
    exit(2)
}
var connections: [TCPStream] = []
for _ in 0..<count {
    do {
        let stream = try connect(host: arguments[0], port: port, timeout: .seconds(seconds))
        connections.append(stream)
        print("connected to \(stream.remoteAddress?.description ?? "nothing")")
    } catch {
        print(error)
    }
}
print("\(connections.count) of \(count) are connected")
exit(connections.count == count ? 0 : 1)
