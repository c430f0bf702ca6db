// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

/// What can be asked of a greenlet at one moment.
struct Snapshot: Equatable {
    var isStarted = false
    var isReady = false
    var isSuccessful = false
    var isKilled = false
    var value: Int?
    var error: String?

    init(_ greenlet: Greenlet<Int>) {
        isStarted = greenlet.isStarted
        isReady = greenlet.isReady && greenlet.isDead
        isSuccessful = greenlet.isSuccessful
        isKilled = greenlet.isKilled
        value = greenlet.value
        error = greenlet.error.map { "\($0)" }
    }

    init(
        started: Bool = false, ready: Bool = false, value: Int? = nil, killed: Bool = false,
        error: String? = nil
    ) {
        isStarted = started
        isReady = ready
        isSuccessful = ready && error == nil
        isKilled = killed
        self.value = value
        self.error = error
    }
}

@Suite struct StateTests {
    @Test func `is nothing yet before it is started`() throws {
        #expect(try onHub { Snapshot(Greenlet { 7 }) } == Snapshot())
    }

    @Test func `is started from its start to its end`() throws {
        let states = try onHub {
            var states: [Snapshot] = []
            var me: Greenlet<Int>?
            let greenlet = Greenlet {
                if let me { states.append(Snapshot(me)) }
                return 7
            }
            me = greenlet
            greenlet.start()
            states.append(Snapshot(greenlet))
            try greenlet.join()
            states.append(Snapshot(greenlet))
            me = nil
            return states
        }

        #expect(
            states == [
                Snapshot(started: true), Snapshot(started: true), Snapshot(ready: true, value: 7),
            ])
    }

    @Test func `has the error and no value after a failure`() throws {
        let (state, isSame) = try onHub {
            let mistake = Mistake()
            let greenlet = spawn { () -> Int in throw mistake }
            try greenlet.join()
            return (Snapshot(greenlet), greenlet.error as? Mistake === mistake)
        }

        #expect(state == Snapshot(ready: true, error: "a mistake"))
        #expect(isSame)
    }

    @Test func `counts as successful when killed, without a value or an error`() throws {
        let state = try onHub {
            let greenlet = spawn { () -> Int in
                try sleep(.seconds(60))
                return 7
            }
            try sleep(.zero)
            try greenlet.kill()
            return Snapshot(greenlet)
        }

        #expect(state == Snapshot(ready: true, killed: true))
    }

    @Test func `counts as killed when its body throws GreenletExit`() throws {
        let state = try onHub {
            let greenlet = spawn { () -> Int in throw GreenletExit() }
            try greenlet.join()
            return Snapshot(greenlet)
        }

        #expect(state == Snapshot(ready: true, killed: true))
    }

    @Test func `is not ready while it runs its last lines`() throws {
        let wasReady = try onHub {
            var wasReady = true
            var me: AnyGreenlet?
            let greenlet = Greenlet {
                defer { wasReady = me?.isDead ?? true }
                try sleep(.zero)
            }
            me = greenlet
            greenlet.start()
            try greenlet.join()
            me = nil
            return wasReady
        }

        #expect(!wasReady)
    }

    @Test func `knows where it was spawned`() throws {
        let (site, line) = try onHub { (spawn {}.spawnSite, #line) }

        #expect(site == "GeventCoreTests/StateTests.swift:\(line)")
    }

    @Test func `knows who spawned it until that one has ended`() throws {
        let outcome = try onHub {
            var isSpawner = false
            let parent = spawn {
                let child = spawn {}
                isSpawner = child.spawner === AnyGreenlet.current
                return child
            }
            let isMain = parent.spawner === AnyGreenlet.current
            let child = try parent.get()
            return [isSpawner, isMain, child.spawner == nil]
        }

        #expect(outcome == [true, true, true])
    }

    @Test func `has no spawner when a callback of the hub made it`() throws {
        let hasSpawner = try onHub(.inOrder) {
            var child: AnyGreenlet?
            Hub.current.runCallback { child = spawn {} }
            try sleep(.zero)
            return child.map { $0.spawner != nil }
        }

        #expect(hasSpawner == false)
    }

    @Test func `can be asked from another thread`() throws {
        let states = try onHub {
            let greenlet = spawn { 7 }
            let before = try onThread { [greenlet.isStarted, greenlet.isReady] }
            try greenlet.join()
            return before
                + (try onThread { [greenlet.isStarted, greenlet.isReady, greenlet.value == 7] })
        }

        #expect(states == [true, false, false, true, true])
    }
}
