// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct FairnessTests {
    @Test func `starves no timer beside a thousand sockets that always have something to read`()
        throws
    {
        // Where the machine allows no more descriptors, there is nothing to see here.
        guard allowDescriptors(2_048) else { return }
        let (storms, fires) = try onHub(.inOrder) {
            let pairs = try Connected.many(500)
            var hasSeenEnough = false
            // Both ends send back what comes, so that all thousand have something all the time; for
            // as long as it takes to be sure.
            let storms = pairs.flatMap { [$0.client, $0.server] }.map { end in
                spawn {
                    try end.write("storm")
                    var rounds = 0
                    while !hasSeenEnough && rounds < 1_000 {
                        try end.write(try end.read(upTo: 65_536))
                        rounds += 1
                    }
                }
            }
            var fires = 0
            let delayed = spawn(after: .milliseconds(5)) { fires += 1 }
            for _ in 0..<3 {
                try sleep(.milliseconds(5))
                fires += 1
            }
            try delayed.join()
            let stormy = storms.count(where: \.isStarted)
            hasSeenEnough = true
            try killAll(storms)
            return (stormy, fires)
        }

        #expect(storms == 1_000)
        #expect(fires == 4)
    }

    @Test func `delivers what has arrived beside greenlets that yield for ever`() throws {
        let (text, areYielding) = try onHub {
            let ends = try Connected()
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            let reader = spawn { try ends.client.readLine() }
            let accepter = spawn { try listener.accept() }
            try untilParked(reader, in: "read")
            try untilParked(accepter, in: "read")

            // As good as for ever: many seconds.
            let yielders = (0..<2).map { _ in
                spawn { for _ in 0..<15_000_000 { try sleep(.zero) } }
            }
            try sleep(.zero)
            try ends.server.write("arrived\n")
            let text = try reader.get()
            // The connection is made by a thread of its own: nothing here waits for it.
            let address = listener.address
            let caller = try NativeThread(name: "caller") {
                try? onHub { try TCPStream(to: address).close() }
            }
            try accepter.get().close()
            caller.join()
            let areYielding = yielders.map(\.isStarted)
            try killAll(yielders)
            return (text, areYielding)
        }

        #expect(text == "arrived")
        #expect(areYielding == [true, true])
    }

    @Test func `lets others run beside a reader and a writer that never have to wait`() throws {
        let isStreaming = try onHub {
            let ends = try Connected()
            // Never more than the kernel's buffers hold, so that neither of the two waits.
            let stream = spawn {
                for _ in 0..<10_000_000 {
                    try ends.client.write("x")
                    _ = try ends.server.read(upTo: 65_536)
                }
            }
            var turns = 0
            let other = spawn {
                for _ in 0..<10 {
                    try sleep(.zero)
                    turns += 1
                }
            }
            try other.join()
            let isStreaming = stream.isStarted
            try stream.kill()
            return isStreaming && turns == 10
        }

        #expect(isStreaming)
    }
}

extension Connected {
    /// Many connections, made one after the other by way of one listener.
    static func many(_ count: Int) throws -> [Connected] {
        let listener = try TCPListener(host: "127.0.0.1", port: 0)
        defer { listener.close() }
        return try (0..<count).map { _ in
            let client = try TCPStream(to: listener.address)
            return Connected(client: client, server: try listener.accept())
        }
    }
}
