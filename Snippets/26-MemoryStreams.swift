// A protocol without a network: its two sides talk through memory, in lockstep.

import Gevent
import GeventTesting

func greet(_ stream: some ByteStream) throws {
    try stream.write("hello, who are you?\n")
    let name = try stream.readLine(limit: 100) ?? "nobody"
    try stream.write("welcome, \(name)\n")
    stream.close()
}

let (server, client) = MemoryStream.lockstepPair()
let greeter = spawn { try greet(server) }
print(try client.readLine(limit: 100) ?? "nothing")
try client.write("Ada\n")
print(try client.readLine(limit: 100) ?? "nothing")
try greeter.get()
