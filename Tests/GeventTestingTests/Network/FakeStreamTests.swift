// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import GeventTesting
import Testing

@Suite struct FakeStreamTests {
    @Test(arguments: StreamContract.Clause.allCases, StreamContract.faked)
    func `keeps the contract of streams`(clause: StreamContract.Clause, kind: StreamContract) throws
    {
        try kind.check(clause)
    }

    @Test func `makes a writer to a slow reader wait`() throws {
        try onHub {
            let network = FakeNetwork(link: FakeLink(window: 1000))
            let (near, far) = try network.connected()
            let writer = spawn { try near.write([UInt8](repeating: 1, count: 3000)) }
            try sleep(.milliseconds(1))
            #expect(!writer.isReady)

            #expect(try far.readExactly(3000).count == 3000)
            try writer.get()
        }
    }

    @Test func `resets both ends, the other when it hears of it`() throws {
        try onHub {
            let network = FakeNetwork(link: FakeLink(latency: .milliseconds(5)))
            let (near, far) = try network.connected()
            let reader = spawn { try far.read(upTo: 1) }
            try sleep()

            near.reset()

            #expect(throws: SystemError(call: "recv", code: 104)) { try near.read(upTo: 1) }
            try far.write("not heard of it yet")
            #expect(throws: SystemError(call: "recv", code: 104)) { try reader.get() }
            #expect(throws: SystemError(call: "send", code: 104)) { try far.write("x") }
        }
    }

    @Test func `tells a writer that nobody reads once something has come back`() throws {
        try onHub {
            let network = FakeNetwork(link: FakeLink(latency: .milliseconds(2)))
            let (near, far) = try network.connected()
            far.close()
            try near.write("into the void")

            while true {
                do { try near.write("x") } catch {
                    #expect(error as? SystemError == SystemError(call: "send", code: 32))
                    break
                }
                try sleep(.milliseconds(1))
            }
        }
    }

    @Test func `keeps what is under way while the network is cut`() throws {
        try onHub {
            let network = FakeNetwork(
                link: FakeLink(latency: .milliseconds(1), retransmission: .milliseconds(2)))
            let (near, far) = try network.connected()
            try near.write("one ")
            network.partition(["a"], ["b"])
            try near.write("two ")
            far.timeout = .milliseconds(20)
            #expect(throws: SocketTimeoutError.self) { try far.read(upTo: 1) }

            network.heal()
            try near.write("three\n")

            far.timeout = nil
            #expect(try far.readLine(limit: 100) == "one two three")
        }
    }

    @Test func `loses a reset while the network is cut`() throws {
        try onHub {
            let network = FakeNetwork()
            let (near, far) = try network.connected()
            network.partition(from: ["a"], to: ["b"])
            near.reset()
            try sleep(.milliseconds(1))
            network.heal()

            far.timeout = .milliseconds(5)
            #expect(throws: SocketTimeoutError.self) { try far.read(upTo: 1) }
        }
    }

    @Test func `takes its time for many bytes`() throws {
        let duration = try onHub {
            let network = FakeNetwork(link: FakeLink(bandwidth: 100_000))
            let (near, far) = try network.connected()
            try near.write([UInt8](repeating: 1, count: 1000))
            _ = try far.readExactly(1000)
            return try #require(network.trace.last?.time)
        }

        // It was sent at once; what takes time is the way.
        #expect(duration < .seconds(10))
    }
}

extension FakeNetwork {
    /// Two ends of a connection from host a to host b.
    func connected() throws -> (FakeStream, FakeStream) {
        let listener = try host("b").listen()
        defer { listener.close() }
        let near = try host("a").connect(to: "b", port: listener.port)
        return (near, try listener.accept())
    }
}

extension StreamContract {
    fileprivate static let faked = [
        faked("fake network", FakeLink()),
        faked(
            "fake network with latency",
            FakeLink(latency: .milliseconds(1), jitter: .milliseconds(1))),
        faked(
            "fake network with losses and a small window",
            FakeLink(loss: 0.1, window: 10_000, retransmission: .microseconds(200))),
    ]

    private static func faked(_ name: String, _ link: FakeLink) -> StreamContract {
        StreamContract(name, clock: .virtual(patience: .zero)) {
            let (near, far) = try FakeNetwork(seed: 5, link: link).connected()
            return Ends(near, far)
        }
    }
}
