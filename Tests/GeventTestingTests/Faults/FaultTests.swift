// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSync
import GeventSystem
import GeventTesting
import Testing

@Suite struct FaultTests {
    /// Sends so many bytes through a pair of sockets under faults, and returns what came.
    private static func passed(_ count: Int, _ faults: [Fault]) throws -> [UInt8] {
        try TestHub().run {
            try withFaults(faults) {
                let (left, right) = try UnixStream.pair()
                let writer = spawn {
                    let bytes = sample(count)
                    for start in stride(from: 0, to: count, by: 1000) {
                        try left.write(Array(bytes[start..<min(count, start + 1000)]))
                    }
                    left.close()
                }
                var got: [UInt8] = []
                while true {
                    let bytes = try right.read(upTo: 4096)
                    if bytes.isEmpty { break }
                    got += bytes
                }
                try writer.get()
                right.close()
                return got
            }
        }
    }

    @Test(
        arguments: [
            [Fault.fail("recv", with: .interrupted, at: .every(2))],
            [Fault.fail("send", with: .interrupted, at: .every(2))],
            [Fault.fail("recv", with: .wouldBlock, at: .every(2))],
            [Fault.fail("send", with: .wouldBlock, at: .every(2))],
            [Fault.shorten("recv", to: 1)],
            [Fault.shorten("send", to: 1)],
            [Fault.shorten("send", to: 3), .shorten("recv", to: 2)],
            [Fault.fail("epoll_wait", with: .interrupted, at: .calls(1...1))],
            [
                Fault.fail("recv", with: .interrupted, at: .seeded(1, percent: 30)),
                .fail("recv", with: .wouldBlock, at: .seeded(2, percent: 30)),
                .shorten("send", to: 5, at: .seeded(3, percent: 50)),
                .fail("send", with: .wouldBlock, at: .seeded(4, percent: 30)),
            ],
        ]) func `no byte is lost under`(faults: [Fault]) throws
    {
        #expect(try Self.passed(10_000, faults) == sample(10_000))
    }

    @Test func `a reset reaches the reader as itself`() throws {
        let error = errorOf {
            _ = try Self.passed(100, [.fail("recv", with: .connectionReset, at: .calls(1...1))])
        }

        #expect((error as? SystemError)?.name == "ECONNRESET")
    }

    @Test(arguments: [FaultError.tooManyFiles, .tooManyFilesEverywhere, .noMemory, .noBuffers])
    func `a server rests and accepts again after`(error: FaultError) throws {
        let answer = try TestHub().run {
            let server = try StreamServer("127.0.0.1:0") { stream, _ in try stream.write("served\n")
            }
            server.log = { _ in }
            try server.start()
            return try withFaults([.fail("accept4", with: error, at: .calls(1...3))]) {
                let client = try TCPStream(to: .loopback(port: server.port))
                client.timeout = .seconds(60)
                defer { client.close() }
                return try client.readLine()
            }
        }

        #expect(answer == "served")
    }

    @Test func `a connection that was given up before it was accepted harms no other`() throws {
        let answer = try TestHub().run {
            let server = try StreamServer("127.0.0.1:0") { stream, _ in try stream.write("served\n")
            }
            try server.start()
            return try withFaults([.fail("accept4", with: .connectionAborted, at: .calls(1...1))]) {
                let client = try TCPStream(to: .loopback(port: server.port))
                client.timeout = .seconds(60)
                defer { client.close() }
                return try client.readLine()
            }
        }

        #expect(answer == "served")
    }

    @Test func `a socket that cannot be had is an error that says so`() throws {
        let error = TestHub().error {
            try withFaults([.fail("socket", with: .tooManyFiles)]) {
                _ = try TCPStream(to: .loopback(port: 9))
            }
        }

        #expect("\(String(describing: error))".contains("EMFILE"))
    }

    @Test func `the same seed gives the same faults`() throws {
        func hits(_ seed: UInt64) throws -> [Int] {
            try TestHub().run {
                try withFaults([.fail("recv", with: .interrupted, at: .seeded(seed, percent: 50))])
                {
                    let (left, right) = try UnixStream.pair()
                    var turns: [Int] = []
                    for turn in 0..<50 {
                        try left.write([UInt8(turn)])
                        turns += try right.read(upTo: 10).map(Int.init)
                    }
                    return turns
                }
            }
        }

        #expect(try hits(7) == hits(7) && hits(7) == Array(0..<50))
    }

    @Test func `faults that nobody met are an error`() throws {
        let error = TestHub().error {
            try withFaults([.fail("recv", with: .connectionReset, at: .calls(5...6))]) {}
        }

        #expect((error as? FaultsUnused)?.calls == ["recv"])
    }

    @Test func `a short write goes on though nobody reads meanwhile`() throws {
        let line = try TestHub().run {
            try withFaults([.shorten("send", to: 2)]) {
                let (left, right) = try UnixStream.pair()
                try left.write("no byte is lost\n")
                return try right.readLine()
            }
        }

        #expect(line == "no byte is lost")
    }

    @Test func `end with the body`() throws {
        let line = try TestHub().run {
            let (left, right) = try UnixStream.pair()
            _ = errorOf {
                try withFaults([.fail("send", with: .brokenPipe)]) { try left.write("lost\n") }
            }
            try left.write("there\n")
            return try right.readLine()
        }

        #expect(line == "there")
    }
}

/// Bytes that tell where they stand.
private func sample(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
}
