// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct GroupTests {
    @Test func `members leave by themselves`() throws {
        try onHub(.inOrder) {
            let group = Group()
            let first = try group.spawn { try sleep() }
            let second = spawn { try sleep(.milliseconds(1)) }
            try group.add(second)
            #expect(group.count == 2 && group.contains(first) && group.contains(second))
            #expect(
                Array(group).map(ObjectIdentifier.init)
                    == [first, second].map(ObjectIdentifier.init))

            try first.join()
            #expect(group.count == 1 && !group.contains(first))
            try group.join()

            #expect(group.isEmpty)
        }
    }

    @Test func `spawn passes arguments on`() throws {
        try onHub {
            let group = Group()
            func add(_ one: Int, _ other: Int) -> Int { one + other }

            try #expect(group.spawn(add, 1, 2).get() == 3)
            try #expect(group.apply(add, 3, 4) == 7)
        }
    }

    @Test func `is made of greenlets, started or not`() throws {
        try onHub {
            let fresh = Greenlet { 1 }
            let started = spawn { 2 }
            let ended = spawn { 3 }
            try ended.join()

            let group = try Group([fresh, started, ended])
            try group.add(started)
            #expect(group.count == 3)
            try group.start(fresh)
            try #expect(group.join())

            #expect(fresh.value == 1 && started.value == 2)
        }
    }

    @Test func `a discarded member runs on`() throws {
        try onHub {
            let group = Group()
            let greenlet = try group.spawn {
                try sleep()
                return 1
            }

            group.discard(greenlet)
            group.discard(greenlet)
            try #expect(group.join())

            #expect(!greenlet.isReady && !greenlet.hasLinks)
            try #expect(greenlet.get() == 1)
        }
    }

    @Test func `join of an empty group does not switch`() throws {
        try onHub {
            var didSwitch = false
            spawn { didSwitch = true }

            try #expect(Group().join())

            #expect(!didSwitch)
        }
    }

    @Test func `join says so when the time is up`() throws {
        try onHub {
            let group = Group()
            let gate = Event()
            try group.spawn { try gate.wait() }

            try #expect(!group.join(timeout: .milliseconds(1)))
            try #expect(!group.join(timeout: .milliseconds(1), raiseError: true))
            expectOuterTimeoutPasses { try group.join(timeout: .seconds(1)) }
            gate.set()
            try #expect(group.join())
        }
    }

    @Test func `join throws the first error of a member if it is asked to`() throws {
        try onHub {
            let group = Group()
            let boom = Boom()
            try group.spawn {}
            try group.spawn { throw boom }

            #expect(#expect(throws: Boom.self) { try group.join(raiseError: true) } === boom)
            #expect(group.isEmpty)
        }
    }

    @Test func `join throws the error of who was added first, though another failed before`()
        throws
    {
        try onHub {
            let group = Group()
            let (first, second) = (Boom(), Boom())
            try group.spawn {
                try sleep()
                throw first
            }
            try group.spawn { throw second }

            let error = #expect(throws: Boom.self) { try group.join(raiseError: true) }

            #expect(error === first)
            #expect(group.isEmpty)
        }
    }

    @Test func `whoever waits for the group sees the moment when it was empty`() throws {
        try onHub(.inOrder) {
            let group = Group()
            let first = try group.spawn { try sleep() }
            let waiter = spawn { try group.join() }
            // Called before the waiter runs again.
            first.rawLink { _ in try group.spawn { try sleep(.milliseconds(5)) } }
            try first.join()

            try #expect(waiter.get())
            #expect(group.count == 1)
            try group.join()
        }
    }

    @Test func `another hub is refused`() throws {
        try onHub {
            let group = Group()
            try group.spawn {}
            let thread = try NativeThread(name: "other") {
                #expect(throws: InvalidThreadUseError.self) { try group.spawn {} }
                #expect(throws: InvalidThreadUseError.self) { try group.join() }
                #expect(Hub.currentIfExists == nil)
            }
            thread.join()
            try group.join()
        }
    }

    @Test func `traps when another hub asks for its count`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            let group = Group()
            try onHub { _ = try group.spawn {}.join() }
            try onHub { _ = (Hub.current, group.count) }
        }

        #expect(result.errorText.contains("was used from"))
    }
}
