// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Glibc
import Testing

@Suite struct ResetTests {
    @Test func `tells who reads that the peer has cut the connection`() throws {
        let (name, rest) = try onHub {
            let ends = try Connected()
            let reader = spawn { try ends.client.read() }
            try untilParked(reader, in: "read")
            ends.server.reset()
            let error = errorOf { _ = try reader.get(timeout: .seconds(60)) } as? SystemError
            // The kernel tells it once; later calls must not wait for what cannot come.
            return (error?.name, try withTimeout(.seconds(60)) { try ends.client.read() })
        }

        #expect(name == "ECONNRESET")
        #expect(rest == [])
    }

    @Test func `tells who writes that the peer has cut the connection`() throws {
        let names = try onHub {
            let ends = try Connected()
            let writer = spawn { try ends.client.write(flood) }
            try untilParked(writer, in: "write")
            ends.server.reset()
            let error = errorOf { try writer.get(timeout: .seconds(60)) }
            let later = errorOf { try ends.client.write("x") }
            return [error, later].map { ($0 as? SystemError)?.name }
        }

        #expect(names == ["ECONNRESET", "EPIPE"])
    }

    @Test func `wakes reader and writer of a connection that is cut`() throws {
        let (reading, writing) = try onHub {
            let ends = try Connected()
            let reader = spawn { try ends.client.read() }
            let writer = spawn { try ends.client.write(flood) }
            try untilParked(reader, in: "read")
            try untilParked(writer, in: "write")
            ends.server.reset()
            try joinAll([reader, writer], timeout: .seconds(60))
            return (reader.isReady, (writer.error as? SystemError)?.name)
        }

        #expect(reading)
        #expect(writing == "ECONNRESET" || writing == "EPIPE")
    }

    // In a process of its own, which SIGPIPE would end.
    @Test func `gets EPIPE and no signal after the peer's end and reset, however it writes`() async
    {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            signal(SIGPIPE, SIG_DFL)
            inChild {
                let ends = try Connected()
                try ends.client.write("not read")
                try untilPolled()
                ends.server.close()
                for way in try Way.all(ends.client) {
                    let names = try (0..<3).map { _ in try way.errorName() }
                    let isRight = names.dropFirst().allSatisfy { $0 == "EPIPE" }
                    try claim(isRight, "\(way.name): \(names)")
                }
                let (near, far) = try UnixStream.pair()
                far.close()
                let error = errorOf { try near.send([1], descriptors: [0]) } as? SystemError
                try claim(error?.name == "EPIPE", "descriptors: \(error as Any)")
            }
        }

        #expect(result.errorText == "")
    }

    @Test func `is half closed from both ends`() throws {
        let (ends, names) = try onHub {
            let ends = try Connected()
            let both = [ends.client, ends.server]
            for end in both { try end.write("last") }
            for end in both { try end.shutdownWrite() }
            let read = try both.map { try $0.readExactly(4).count + $0.read().count }
            return (read, both.map { end in errorOf { try end.write("x") } as? SystemError })
        }

        #expect(ends == [4, 4])
        #expect(names.map { $0?.name } == ["EPIPE", "EPIPE"])
    }
}

/// A way to write to a stream.
private struct Way {
    let name: String
    let write: () throws -> Void

    static func all(_ stream: TCPStream) throws -> [Way] {
        let scratch = try Scratch()
        let path = try scratch.write([1, 2, 3], to: "file")
        return [
            Way(name: "write") { try stream.write("x") },
            Way(name: "write gathering") { try stream.write(gathering: [[1], [2]]) },
            Way(name: "sendFile") {
                _ = try withExtendedLifetime(scratch) { try stream.sendFile(path) }
            },
        ]
    }

    func errorName() throws -> String? {
        // What the peer answers has to be seen before the next try.
        defer { try? untilPolled() }
        return (errorOf { try write() } as? SystemError)?.name
    }
}
