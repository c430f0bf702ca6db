import Gevent

let listener = try TCPListener(host: "127.0.0.1", port: 0)

let server = spawn {
    let peer = try listener.accept()  // parks this greenlet, not the thread
    defer { peer.close() }
    try peer.write("hello from a greenlet\n")
}
let client = spawn {
    let stream = try TCPStream(host: "127.0.0.1", port: listener.port)
    defer { stream.close() }
    return try stream.readLine()
}
try joinAll(server, client)
print(try client.get() ?? "nothing")
