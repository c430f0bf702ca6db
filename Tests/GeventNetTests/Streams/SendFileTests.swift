// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct SendFileTests {
    @Test func `sends all of a file, or a part of it`() throws {
        let scratch = try Scratch()
        let bytes = pattern(3_000_000)
        let path = try scratch.write(bytes, to: "file")
        let (counts, received) = try onHub {
            let ends = try Connected()
            let sender = spawn {
                [
                    try ends.client.sendFile(path),
                    try ends.client.sendFile(path, from: 10, count: 5),
                    try ends.client.sendFile(path, from: 2_999_990, count: 100),
                    try ends.client.sendFile(path, from: 4_000_000),
                ]
            }
            let received = try ends.server.readExactly(3_000_015)
            return (try sender.get(), received)
        }

        #expect(counts == [3_000_000, 5, 10, 0])
        #expect(received == bytes + bytes[10..<15] + bytes[2_999_990...])
    }

    @Test func `says what is wrong with the file`() throws {
        let names = try onHub {
            let ends = try Connected()
            return [
                errorOf { try ends.client.sendFile("/nonexistent/file") },
                errorOf { try ends.client.sendFile("/") },
                errorOf { try ends.client.sendFile(descriptor: 1_000_000) },
            ].map { ($0 as? SystemError)?.name }
        }

        #expect(names == ["ENOENT", "EINVAL", "EBADF"])
    }

    @Test func `does not end the process when the peer has gone`() async {
        await #expect(processExitsWith: .success) {
            try onHub {
                try sendToNobody { $0.reset() }
            }
        }
    }

    // The first bytes bring the peer's reset, which ends the call in the middle.
    @Test func `does not end the process when the peer has closed`() async {
        await #expect(processExitsWith: .success) {
            try onHub {
                try sendToNobody { $0.close() }
            }
        }
    }
}

private func sendToNobody(_ leave: (TCPStream) -> Void) throws {
    let scratch = try Scratch()
    let path = try scratch.write(pattern(5_000_000), to: "file")
    let ends = try Connected()
    leave(ends.server)
    try sleep(.milliseconds(1))
    for _ in 0..<3 {
        let error = errorOf { try ends.client.sendFile(path) } as? SystemError
        guard ["EPIPE", "ECONNRESET"].contains(error?.name) else {
            StandardError.write("\(String(describing: error))\n")
            throw SystemError(call: "test", code: 1)
        }
    }
}
