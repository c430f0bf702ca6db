// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct InlineServerTests {
    @Test func `lets an inline handler hand over its connection`() throws {
        let line = try onHub {
            let streams = Queue<SocketStream>()
            let server = try StreamServer("127.0.0.1:0", spawn: .inline) { stream, _ in
                guard let stream = stream as? SocketStream else { return }
                try streams.putNowait(TCPStream(attaching: stream.detach()))
            }
            try server.start()
            let client = try server.client()
            try streams.get().write("handed over\n")
            let line = try client.readLine()
            try server.stop()
            return line
        }

        #expect(line == "handed over")
    }

    @Test func `reports an inline handler that waits`() throws {
        let seen = try onHub {
            var failures: [Failure] = []
            Hub.current.errorHandler = { failures.append($0) }
            let server = try StreamServer("127.0.0.1:0", spawn: .inline, echo)
            try server.start()
            let client = try server.client()
            let isEnded = try client.read().isEmpty
            try server.stop()
            let context = failures.first?.context ?? ""
            let peer = client.localAddress?.description ?? "nobody"
            return (
                isEnded, failures.count, failures.first?.error is BlockingSwitchOutError,
                context.contains(peer)
            )
        }

        #expect(seen == (true, 1, true, true))
    }
}
