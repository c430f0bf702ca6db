// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct UnixStreamTests {
    @Test func `carries open descriptors to the other end`() throws {
        let (text, count) = try onHub {
            let (near, far) = try UnixStream.pair()
            let (kept, sent) = try UnixStream.pair()
            try sent.withDescriptor { try near.send(Array("here".utf8), descriptors: [$0, $0]) }
            sent.close()
            let message = try far.receiveDescriptors()
            let number = try #require(message.descriptors.first?.release())
            let taken = try UnixStream(attaching: DetachedSocket(adopting: number))
            try taken.write("through the copy\n")
            return (try kept.readLine(), message.descriptors.count)
        }

        #expect(text == "through the copy")
        #expect(count == 2)
    }

    // In a process of its own, as it counts all that the process has.
    @Test func `leaves no descriptor open that was not asked for`() async {
        await #expect(processExitsWith: .success) {
            try onHub {
                let (near, far) = try UnixStream.pair()
                try near.withDescriptor { own in
                    try near.send([1], descriptors: [own])
                    try near.send([2], descriptors: [own, own, own, own])
                }
                let before = openDescriptorCount()
                _ = try far.readExactly(1)
                let message = try far.receiveDescriptors(most: 1)
                let taken = message.descriptors.count
                let after = openDescriptorCount() - taken
                withExtendedLifetime((near, message.descriptors)) {}
                guard after == before, taken == 1 else { throw LeftOpen(before, after, taken) }
            }
        }
    }

    // The kernel ends a read behind bytes that came with descriptors (unix(7)).
    @Test func `reads on behind descriptors that were not asked for`() throws {
        let text = try onHub {
            let (near, far) = try UnixStream.pair()
            try near.withDescriptor { own in
                try near.send(Array("before ".utf8), descriptors: [own])
                try near.write("behind")
            }
            try untilPolled()
            return try withTimeout(.seconds(10)) {
                String(decoding: try far.readExactly(13), as: UTF8.self)
            }
        }

        #expect(text == "before behind")
    }

    @Test func `closes what it received on exec`() throws {
        let flags = try onHub {
            let (near, far) = try UnixStream.pair()
            try near.withDescriptor { try near.send([1], descriptors: [$0]) }
            let received = try far.receiveDescriptors().descriptors
            return try received.map { try descriptorFlags($0.number) }
        }

        #expect(flags.allSatisfy { $0 & 0o2000000 != 0 })
        #expect(flags.count == 1)
    }

    @Test func `refuses descriptors that are none, and too many`() throws {
        let names = try onHub {
            let (near, _) = try UnixStream.pair()
            return [
                errorOf { try near.send([1], descriptors: [-1]) },
                errorOf { try near.send([1], descriptors: [Int32](repeating: 0, count: 254)) },
            ].map { ($0 as? SystemError)?.name }
        }

        #expect(names == ["EBADF", "EINVAL"])
    }

    @Test func `knows who is at the other end`() throws {
        let credentials = try onHub {
            let (near, _) = try UnixStream.pair()
            return try near.peerCredentials()
        }

        #expect(credentials.process == processNumber)
    }
}

/// Descriptors that should not be open, or should be.
private struct LeftOpen: Error {
    let counts: [Int]

    init(_ counts: Int...) { self.counts = counts }
}
