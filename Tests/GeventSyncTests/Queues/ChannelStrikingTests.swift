// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct ChannelStrikingTests {
    @Test func `says that nobody came when the time has run out`() throws {
        try onHub {
            let channel = Channel<Int>()

            #expect(throws: QueueEmpty()) { try channel.get(timeout: .milliseconds(1)) }
            #expect(throws: QueueFull()) { try channel.put(1, timeout: .milliseconds(1)) }

            #expect(channel.balance == 0)
        }
    }

    @Test func `passes on a timeout that was set further out`() throws {
        try onHub {
            let channel = Channel<Int>()

            expectOuterTimeoutPasses { _ = try channel.get(timeout: .seconds(1)) }
            expectOuterTimeoutPasses { _ = try channel.get() }
            expectOuterTimeoutPasses { try channel.put(1, timeout: .seconds(1)) }
            expectOuterTimeoutPasses { try channel.put(1) }
        }
    }

    @Test func `does not take the element of a putter that is killed before the get`() throws {
        try onHub(.inOrder) {
            let channel = Channel<Int>()
            let killed = spawn { try channel.put(1) }
            let other = spawn { try channel.put(2) }
            try idle()

            kill(killed)

            try #expect(channel.get() == 2)
            try other.get()
            #expect(killed.isKilled && channel.balance == 0)
        }
    }

    @Test func `has taken the element of a putter that is killed after the get`() throws {
        try onHub {
            let channel = Channel<Int>()
            var hasPut = false
            let putter = spawn {
                try channel.put(1)
                hasPut = true
                try sleep()
            }
            try idle()

            try #expect(channel.get() == 1)
            try putter.kill()

            #expect(hasPut && putter.isKilled)
        }
    }

    @Test func `loses nothing to a getter that is killed before the put`() throws {
        try onHub(.inOrder) {
            let channel = Channel<Int>()
            let killed = spawn { try channel.get() }
            let other = spawn { try channel.get() }
            try idle()

            kill(killed)
            try channel.put(1)

            try #expect(other.get() == 1)
            #expect(killed.isKilled && channel.balance == 0)
        }
    }

    @Test func `has put what it handed over, though it is killed as the getter runs`() throws {
        try onHub(.inOrder) {
            let channel = Channel<Int>()
            var hasPut = false
            var putter: AnyGreenlet?
            let getter = spawn {
                let got = try channel.get()
                if let putter { kill(putter) }
                return got
            }
            try idle()
            putter = spawn {
                try channel.put(1)
                hasPut = true
                try sleep()
            }

            try #expect(getter.get() == 1)
            try putter?.join()
            #expect(hasPut && putter?.isKilled == true)
        }
    }

    @Test func `neither loses nor invents an element when a strike was taken back`() throws {
        try onHub(.inOrder) {
            let channel = Channel<Int>()
            let timeout = Timeout(.milliseconds(1))
            var hasPut = false
            let putter = spawn {
                timeout.start()
                try channel.put(1)
                hasPut = true
            }
            try sleep()
            spend(.milliseconds(1))
            while !timeout.hasExpired { try sleep() }

            timeout.cancel()
            try sleep()
            let got = try? channel.get(timeout: .zero)
            try putter.join()

            #expect(hasPut == (got == 1))
        }
    }

    @Test func `works in callbacks of the hub, where nothing waits`() throws {
        try onHub(.inOrder) {
            let channel = Channel<Int>()
            let putter = spawn { try channel.put(1) }
            try sleep()
            var got: [Int?] = []
            var errors: [(any Error)?] = []

            try inCallback {
                got.append(try? channel.getNowait())
                got.append(try? channel.getNowait())
                errors.append(errorOf { try channel.putNowait(2) })
                errors.append(errorOf { try channel.put(2) })
                errors.append(errorOf { _ = try channel.get() })
            }
            try putter.get()
            let getter = spawn { try channel.get() }
            try sleep()
            try inCallback { try? channel.put(3) }

            #expect(got == [1, nil])
            #expect(errors[0] is QueueFull && errors[1] is QueueFull && errors[2] is QueueEmpty)
            try #expect(getter.get() == 3)
        }
    }
}
