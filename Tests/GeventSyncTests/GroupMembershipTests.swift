// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct GroupMembershipTests {
    @Test func `a member of two groups leaves both, and a discarded one only the other`() throws {
        try onHub(.inOrder) {
            let (one, other, third) = (Group(), Group(), Group())
            let gate = Event()
            let greenlet = try one.spawn { try gate.wait() }
            try other.add(greenlet)
            try third.add(greenlet)

            other.discard(greenlet)
            #expect(!other.contains(greenlet) && one.contains(greenlet) && third.contains(greenlet))
            try other.add(greenlet)
            one.discard(greenlet)
            third.discard(greenlet)
            #expect(one.isEmpty && third.isEmpty && other.has([greenlet]))

            try third.add(greenlet)
            gate.set()
            try greenlet.join()
            #expect(third.isEmpty && other.isEmpty)
        }
    }

    @Test func `the others keep their order when some are discarded`() throws {
        try onHub {
            let group = Group()
            let greenlets = (0..<6).map { _ in spawn { try sleep() } }
            for greenlet in greenlets { try group.add(greenlet) }

            for index in [0, 3, 5] { group.discard(greenlets[index]) }
            #expect(group.has([1, 2, 4].map { greenlets[$0] }))
            try group.add(greenlets[3])
            #expect(group.has([1, 2, 4, 3].map { greenlets[$0] }))
            try group.join()
            try joinAll(greenlets)
        }
    }

    @Test func `those who have ended are members until the hub's turn`() throws {
        try onHub(.inOrder) {
            let group = Group()
            let fine = try group.spawn {}
            let failed = try group.spawn { throw Boom() }
            try sleep(.zero)

            #expect(fine.isReady && failed.isReady)
            #expect(group.has([fine, failed]))
            #expect(throws: Boom.self) { try group.join(raiseError: true) }
            #expect(group.isEmpty)
        }
    }

    @Test func `members outlive their group`() throws {
        try onHub(.inOrder) {
            var group: Group? = Group()
            weak let noGroup = group
            let gate = Event()
            let running = try group?.spawn { try gate.wait() }
            weak var unstarted: AnyGreenlet?
            do {
                let greenlet = Greenlet { 1 }
                try group?.add(greenlet)
                unstarted = greenlet
            }
            #expect(unstarted != nil)

            group = nil
            #expect(noGroup == nil && unstarted == nil)
            // It was a member of something that is no more, and joins something that is.
            let next = Group()
            if let running { try next.add(running) }
            gate.set()
            try running?.join()
            #expect(next.isEmpty)
        }
    }

    @Test func `a hundred thousand members go with their group`() throws {
        try onHub {
            var group: Group? = Group()
            for _ in 0..<100_000 { try group?.add(Greenlet {}) }
            let last = Greenlet {}
            try group?.add(last)

            group = nil

            last.start()
            try last.join()
        }
    }

    @Test func `a greenlet of another hub is refused`() throws {
        try onHub {
            let (made, release) = (NativeSignal(), NativeSignal())
            let foreign = Guarded<AnyGreenlet?>(nil)
            let thread = try NativeThread(name: "other") {
                foreign.withLock { $0 = Greenlet {} }
                made.raise()
                release.wait()
                foreign.withLock { $0 = nil }
            }
            made.wait()
            let group = Group()
            if let greenlet = foreign.withLock({ $0 }) {
                #expect(throws: InvalidThreadUseError.self) { try group.add(greenlet) }
                #expect(!group.contains(greenlet) && group.isEmpty)
                group.discard(greenlet)
            }
            release.raise()
            thread.join()
        }
    }
}

extension Group {
    /// Whether its members are these, in this order.
    fileprivate func has(_ members: [AnyGreenlet]) -> Bool {
        greenlets.map(ObjectIdentifier.init) == members.map(ObjectIdentifier.init)
    }
}
