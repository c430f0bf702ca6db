// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct ChannelTests {
    @Test func `makes who puts wait until somebody gets`() throws {
        try onHub {
            let channel = Channel<String>()
            var log: [String] = []
            let sender = spawn {
                log.append("sending")
                try channel.put("hi")
                log.append("sent")
            }
            try idle()
            #expect(log == ["sending"])

            let receiver = spawn { log.append(try channel.get()) }
            try joinAll(sender, receiver)

            #expect(log.sorted() == ["hi", "sending", "sent"])
        }
    }

    @Test func `lets who gets run before who puts goes on`() throws {
        try onHub(.inOrder) {
            let channel = Channel<String>()
            var log: [String] = []
            spawn { for _ in 0..<2 { log.append(try channel.get()) } }

            log.append("sending")
            try channel.put("hello")
            log.append("sent hello")
            try channel.put("world")
            log.append("sent world")

            #expect(log == ["sending", "hello", "sent hello", "world", "sent world"])
        }
    }

    @Test func `hands over in the order in which both sides came`() throws {
        try onHub(.inOrder) {
            let channel = Channel<Int>()
            let putters = (0..<3).map { number in spawn { try channel.put(number) } }
            try sleep()
            let fromPutters = try (0..<3).map { _ in try channel.get() }
            let getters = (0..<3).map { _ in spawn { try channel.get() } }
            try sleep()
            for number in 3..<6 { try channel.put(number) }

            try joinAll(putters)
            try joinAll(getters)
            #expect(fromPutters == [0, 1, 2])
            #expect(getters.map(\.value) == [3, 4, 5])
        }
    }

    @Test func `never keeps anything`() throws {
        try onHub {
            let channel = Channel<Int>()
            spawn { try channel.put(1) }
            try sleep()

            #expect(channel.count == 0 && channel.isEmpty && channel.isFull)
            try #expect(channel.get() == 1)
            #expect(channel.count == 0 && channel.isEmpty && channel.isFull)
        }
    }

    @Test func `says how many more wait to put than to get`() throws {
        try onHub {
            let channel = Channel<Int>()
            let putters = (0..<2).map { number in spawn { try channel.put(number) } }
            try idle()
            #expect(channel.balance == 2)
            _ = try channel.get()
            #expect(channel.balance == 1)
            _ = try channel.get()
            try joinAll(putters)

            let getter = spawn { try channel.get() }
            try idle()
            #expect(channel.balance == -1)
            try getter.kill()
            #expect(channel.balance == 0)
        }
    }

    @Test func `refuses what nobody waits for`() throws {
        let channel = Channel<Int>()

        #expect(throws: QueueFull()) { try channel.putNowait(1) }
        #expect(throws: QueueEmpty()) { try channel.getNowait() }
        #expect(throws: QueueFull()) { try channel.put(1, block: false) }
        #expect(throws: QueueEmpty()) { try channel.get(block: false) }
    }

    @Test func `hands over without waiting when the other side waits`() throws {
        try onHub(.inOrder) {
            let channel = Channel<Int>()
            let getter = spawn { try channel.get() }
            try sleep()
            try channel.putNowait(1)
            try #expect(getter.get() == 1)

            let putter = spawn { try channel.put(2) }
            try sleep()
            try #expect(channel.getNowait() == 2)
            try putter.get()
        }
    }

    @Test func `hands nil over like anything else`() throws {
        try onHub {
            let channel = Channel<Int?>()
            let putter = spawn { try channel.put(nil) }
            try #expect(channel.get() == nil)
            let getter = spawn { try channel.get() }
            try sleep()
            try channel.put(nil)
            try putter.get()
            try #expect(getter.get() == nil)
        }
    }

    @Test func `tells the main greenlet that nobody is left to meet`() throws {
        try onHub {
            #expect(throws: LoopExit.self) { try Channel<Int>().get() }
            #expect(throws: LoopExit.self) { try Channel<Int>().put(1) }
        }
    }
}
