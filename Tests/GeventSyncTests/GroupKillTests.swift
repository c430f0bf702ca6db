// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import Testing

@Suite struct GroupKillTests {
    @Test func `kill ends all members`() throws {
        try onHub {
            let group = Group()
            let members = try (0..<20).map { _ in try group.spawn { try sleep(.seconds(10)) } }
            try sleep()

            try #expect(group.kill())

            #expect(group.isEmpty)
            #expect(members.allSatisfy { $0.isKilled })
        }
    }

    @Test func `kill ends those who are added meanwhile`() throws {
        try onHub {
            let group = Group()
            try group.spawn {
                defer { _ = try? group.spawn { try sleep(.seconds(10)) } }
                try sleep(.seconds(10))
            }
            try sleep()

            try #expect(group.kill())
        }
    }

    @Test func `kill before the first run ends the greenlet without running it`() throws {
        try onHub {
            let group = Group()
            var didRun = false
            try group.spawn { didRun = true }

            try #expect(group.kill())

            #expect(!didRun && group.isEmpty)
        }
    }

    @Test func `a member is struck once, however often the group is killed`() throws {
        try onHub {
            let group = Group()
            let gate = Event()
            var strikes = 0
            let stubborn = try group.spawn {
                while !gate.isSet {
                    do { try gate.wait() } catch { strikes += 1 }
                }
            }
            try idle()

            for _ in 1...3 {
                try group.killOne(stubborn, throwing: Boom(), block: false)
                try group.kill(throwing: Boom(), block: false)
            }
            try idle()
            #expect(strikes == 1)
            try #expect(!group.kill(throwing: Boom(), timeout: .milliseconds(1)))
            gate.set()
            try #expect(group.kill(throwing: Boom()))

            #expect(strikes == 1)
        }
    }

    @Test func `killOne waits for the one it kills`() throws {
        try onHub(.inOrder) {
            let group = Group()
            let victim = try group.spawn { try sleep(.seconds(10)) }
            let other = try group.spawn { try sleep() }
            try idle()

            try #expect(group.killOne(victim))
            #expect(victim.isKilled && !group.contains(victim))
            try group.join()

            #expect(!other.isKilled)
        }
    }

    @Test func `killOne leaves alone who is no member`() throws {
        try onHub {
            let outsider = spawn { try sleep() }

            try #expect(!Group().killOne(outsider))
            try outsider.join()

            #expect(!outsider.isKilled)
        }
    }

    @Test func `an outer timeout passes through kill`() throws {
        try onHub {
            let group = Group()
            let gate = Event()
            try group.spawn { try shielded { try gate.wait() } }
            try idle()

            expectOuterTimeoutPasses { try group.kill(timeout: .seconds(1)) }
            gate.set()
            try #expect(group.join())
        }
    }

    @Test func `a member that kills its group is struck as well`() throws {
        try onHub {
            let group = Group()
            let other = try group.spawn { try sleep(.seconds(10)) }
            let killer = try group.spawn { try group.kill() }
            let alone = Group()
            let last = try alone.spawn { try alone.kill() }

            try #expect(group.join())
            try #expect(alone.join())

            #expect(other.isKilled && killer.isKilled && last.isKilled)
        }
    }
}
