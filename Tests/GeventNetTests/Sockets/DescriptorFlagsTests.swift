// SPDX-License-Identifier: Apache-2.0
import Foundation
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct DescriptorFlagsTests {
    // In a process of its own, where all that is opened meanwhile is ours.
    @Test func `opens nothing that blocks or that a child inherits`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            let before = Set((try? DescriptorFlagsTests.numbers()) ?? [])
            inChild { try DescriptorFlagsTests.look(before) }
        }

        #expect(result.errorText == "")
    }

    private static func look(_ before: Set<Int32>) throws {
        let scratch = try Scratch()
        let held = try Held(in: scratch)
        let ours = try numbers().filter { !before.contains($0) }
        // The hub's two, and what `Held` has opened.
        try claim(ours.count >= 20, "only \(ours.count) are open")
        for number in ours {
            let kind = try FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/fd/\(number)")
            let flags = try descriptorFlags(number)
            try claim(flags & 0o2_000_000 != 0, "a child inherits \(number), \(kind)")
            // A list of the kernel's is never read; a wait of no time looks at it.
            if kind == "anon_inode:[eventpoll]" { continue }
            try claim(flags & 0o4000 != 0, "\(number) blocks, \(kind)")
        }
        try held.end()
    }

    /// The open descriptors, but for that of the folder which is listed.
    private static func numbers() throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
            Int32($0)
        }
        .filter { FileManager.default.fileExists(atPath: "/proc/self/fdinfo/\($0)") }
    }
}

/// One of everything that has a descriptor.
private struct Held {
    private let objects: [AnyObject]
    private let copies: [OwnedDescriptor]
    private let waiting: [AnyGreenlet]
    private let server: StreamServer

    init(in scratch: Scratch) throws {
        let tcp = try Connected()
        let byName = try TCPListener(host: "localhost", port: 0)
        let client = try TCPStream(host: "localhost", port: byName.port)
        let unixListener = try UnixListener(path: scratch.file("socket"))
        let unixClient = try UnixStream(path: scratch.file("socket"))
        let (near, far) = try UnixStream.pair()
        let udp = try UDPSocket(on: .loopback(port: 0))
        let selector = try Selector()
        server = try StreamServer("127.0.0.1:0") { stream, _ in _ = try stream.read(upTo: 1) }
        try server.start()
        let served = try TCPStream(to: .loopback(port: server.port))
        try udp.withDescriptor { try near.send([1], descriptors: [$0]) }
        let received = try far.receiveDescriptors().descriptors
        objects = [
            tcp.client, tcp.server, byName, client, try byName.accept(), unixListener, unixClient,
            try unixListener.accept(), near, far, udp, selector, served,
        ]
        copies = received + [OwnedDescriptor(owning: try byName.duplicate().release())]
        // A large file on its way to somebody who does not read, and waits with lists of their own.
        let large = try scratch.write([], to: "large")
        try FileHandle(forWritingTo: URL(fileURLWithPath: large)).truncate(atOffset: 50_000_000)
        let number = try near.withDescriptor { $0 }
        waiting = [
            spawn { _ = try tcp.client.sendFile(large) }, spawn { try waitReadable(number) },
            spawn { _ = try select(read: [number]) }, spawn { _ = try selector.select() },
        ]
        for (greenlet, reason) in zip(waiting, ["write", "read", "read", "read"]) {
            try untilParked(greenlet, in: reason)
        }
    }

    func end() throws {
        try killAll(waiting)
        try server.stop(timeout: .zero)
    }
}
