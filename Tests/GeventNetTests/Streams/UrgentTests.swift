// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Glibc
import Testing

@Suite struct UrgentTests {
    // The kernel ends a read in front of the urgent byte, whatever stands behind it (tcp(7)).
    @Test func `reads on behind an urgent byte`() throws {
        let text = try onHub {
            let ends = try Connected()
            try ends.client.write("before ")
            try ends.client.sendUrgent()
            try ends.client.write("behind")
            try untilPolled()
            return try withTimeout(.seconds(10)) {
                String(decoding: try ends.server.readExactly(13), as: UTF8.self)
            }
        }

        #expect(text == "before behind")
    }

    @Test func `finds urgent bytes where they are asked for`() throws {
        let (selected, polled, number) = try onHub {
            let ends = try Connected()
            let number = try ends.server.withDescriptor { $0 }
            let selecting = spawn { try select(except: [number]).except }
            let poll = Poll()
            poll.register(number, for: .urgent)
            let polling = spawn { try poll.poll()[number] }
            try untilParked(selecting, in: "read")
            try untilParked(polling, in: "read")
            try ends.client.sendUrgent()
            let found = try polling.get(timeout: .seconds(60))
            return (try selecting.get(timeout: .seconds(60)), found, number)
        }

        #expect(selected == [number])
        #expect(polled == .urgent)
    }

    @Test(arguments: Situation.all)
    func `rests while nothing happens`(situation: Situation) throws {
        let spent = try onHub {
            let ends = try Connected()
            let waiting = try situation.begin(ends)
            try sleep(.milliseconds(2))
            let before = processorTimeOfThread()
            try sleep(.milliseconds(40))
            let spent = processorTimeOfThread() - before
            try killAll(waiting)
            return spent
        }

        // One that goes round and round takes all it can get.
        #expect(spent < .milliseconds(8))
    }
}

/// Something that a level-triggered poller would report for ever.
struct Situation: Sendable, CustomTestStringConvertible {
    let testDescription: String
    fileprivate let begin: @Sendable (Connected) throws -> [AnyGreenlet]

    static let all = [
        Situation(testDescription: "an urgent byte beside a reader") { ends in
            let reader = spawn { _ = try ends.server.read() }
            try untilParked(reader, in: "read")
            try ends.client.sendUrgent()
            return [reader]
        },
        Situation(testDescription: "an urgent byte that no poll asks for") { ends in
            let number = try ends.server.withDescriptor { $0 }
            let poll = Poll()
            poll.register(number, for: .readable)
            let polling = spawn { _ = try poll.poll() }
            try untilParked(polling, in: "read")
            try ends.client.sendUrgent()
            return [polling]
        },
        Situation(testDescription: "the peer's end beside a writer") { ends in
            let writer = spawn { try ends.server.write(flood) }
            try untilParked(writer, in: "write")
            try ends.client.shutdownWrite()
            return [writer]
        },
        Situation(testDescription: "the peer's end that no poll asks for") { ends in
            let number = try ends.server.withDescriptor { $0 }
            let poll = Poll()
            poll.register(number, for: .urgent)
            let polling = spawn { _ = try poll.poll() }
            try untilParked(polling, in: "read")
            try ends.client.shutdownWrite()
            return [polling]
        },
        Situation(testDescription: "a cut connection that nobody uses") { ends in
            ends.client.reset()
            return []
        },
        Situation(testDescription: "a connection that both ends have ended") { ends in
            try ends.client.shutdownWrite()
            try ends.server.shutdownWrite()
            return []
        },
    ]
}

extension TCPStream {
    /// Sends a byte ahead of the others.
    fileprivate func sendUrgent() throws {
        try withDescriptor { number in
            var byte: UInt8 = 0x21
            guard unsafe send(number, &byte, 1, Int32(MSG_OOB)) == 1 else {
                throw SystemError(call: "send", code: errno)
            }
        }
    }
}
