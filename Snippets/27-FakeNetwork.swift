// A client that tries again, over a network that is cut for an hour: it takes no time at all.

import Gevent
import GeventTesting

func ask(_ host: FakeHost) throws -> String? {
    for attempt in 1... {
        do {
            let stream = try host.connect(to: "server", port: 80, timeout: .seconds(30))
            defer { stream.close() }
            return try stream.readLine(limit: 100)
        } catch is SocketTimeoutError {
            print("no answer to attempt \(attempt)")
            try sleep(.seconds(1800))
        }
    }
    return nil
}

try TestHub().run {
    let network = FakeNetwork(
        seed: 42, link: FakeLink(latency: .milliseconds(50), jitter: .milliseconds(10)))
    let server = StreamServer(try network.host("server").listen(port: 80)) { stream, _ in
        try stream.write("at your service\n")
    }
    try server.start()

    network.partition(["client"], ["server"])
    spawn {
        try sleep(.seconds(3600))
        network.heal()
    }
    print(try ask(network.host("client")) ?? "nothing")
    try server.stop()
}
