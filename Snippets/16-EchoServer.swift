// An echo server: a greenlet for each connection, and a client that talks to it.

import Gevent

let server = try StreamServer("127.0.0.1:0") { stream, address in
    while let line = try stream.readLine(limit: 1024) {
        try stream.write("you said \(line)\n")
    }
}
try server.start()

let stream = try connect(host: "127.0.0.1", port: server.port, timeout: .seconds(5))
for word in ["hello", "and goodbye"] {
    try stream.write(word + "\n")
    print(try stream.readLine() ?? "nothing")
}
stream.close()

// Waits for the handlers, in whatever way they were spawned.
print(try server.stop(timeout: .seconds(5)) ? "all handlers have ended" : "some were killed")
