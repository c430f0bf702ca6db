// SPDX-License-Identifier: Apache-2.0
internal import Gevent

/// A server over TCP that says what it hears, and clients that come and go.
enum Echo {
    static func server() throws -> StreamServer {
        try StreamServer("127.0.0.1:0") { stream, _ in
            do {
                while true {
                    let bytes = try stream.read(upTo: 4096)
                    if bytes.isEmpty { return }
                    try stream.write(bytes)
                }
            } catch is SystemError {
                // One client in four leaves without listening, which resets the connection.
            }
        }
    }

    static func talk(to port: UInt16) throws {
        let stream = try connect(host: "127.0.0.1", port: port, timeout: .seconds(8))
        defer { stream.close() }
        for _ in 0..<10 {
            let count = Int.random(in: 1...8192)
            let bytes = [UInt8](repeating: .random(in: 0...255), count: count)
            try stream.write(bytes)
            if Int.random(in: 0..<40) == 0 { return }
            let answer = try stream.readExactly(count)
            try Wrong.unless(answer == bytes, "an echo has changed the bytes")
        }
    }
}
