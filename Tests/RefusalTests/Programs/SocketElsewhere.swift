// SPDX-License-Identifier: Apache-2.0
// refused: capture of 'stream' with non-Sendable type 'TCPStream'
import Gevent

func run() throws {
    let stream = try TCPStream(host: "127.0.0.1", port: 80)
    try Hub.current.remote.submit { try stream.write("not from here") }
}
