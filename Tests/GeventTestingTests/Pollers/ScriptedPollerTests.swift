// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventLoop
import GeventNet
import GeventSystem
import GeventTesting
import Testing

@Suite struct ScriptedPollerTests {
    // Real time, since the kernel takes part; in order, since that is what some are about.
    private let hub = TestHub(clock: .real, order: .firstComeFirstServed)

    @Test func `wakes a reader for nothing, who waits on`() throws {
        let outcome = try hub.run {
            let (near, far) = try UnixStream.pair()
            let number = try near.withDescriptor { $0 }
            let script = ScriptedPoller([
                .ready(number, .readable), .interrupted, .nothing, .stale(number, .hangup),
                .ready(number, [.readable, .peerClosed]), .kernel,
            ])
            return try script.control {
                let reader = spawn { try near.readLine(limit: 100) }
                while !script.isFinished { try sleep(.milliseconds(1)) }
                let hasWaited = !reader.isReady
                try far.write("at last\n")
                return (hasWaited, try reader.get())
            }
        }

        #expect(outcome.0)
        #expect(outcome.1 == "at last")
    }

    @Test func `reports in the order of the script`() throws {
        for turned in [false, true] {
            let log = try hub.run {
                let pairs = [try UnixStream.pair(), try UnixStream.pair()]
                let numbers = try pairs.map { try $0.0.withDescriptor { $0 } }
                var log: [Int] = []
                let readers = [0, 1].map { place in
                    spawn {
                        _ = try pairs[place].0.read(upTo: 1)
                        log.append(place)
                    }
                }
                try sleep(.milliseconds(1))
                for pair in pairs { try pair.1.write("x") }
                let events = numbers.map { ScriptedPoller.Event($0, .readable) }
                let script = ScriptedPoller([.events(turned ? events.reversed() : events)])
                _ = try script.control { try joinAll(readers, raiseError: true) }
                return log
            }

            #expect(log == (turned ? [1, 0] : [0, 1]))
        }
    }

    @Test func `does not give a stale event to the new owner of the number`() throws {
        try hub.run {
            let (near, far) = try UnixStream.pair()
            defer { far.close() }
            let number = try near.withDescriptor { $0 }
            let before = Scheduler.current.poller.staleEventCount
            let script = ScriptedPoller([.stale(number, .readable)])
            try script.control {
                let reader = spawn { try near.read(upTo: 1) }
                while !script.isFinished { try sleep(.milliseconds(1)) }
                #expect(!reader.isReady)
                try reader.kill()
            }

            #expect(Scheduler.current.poller.staleEventCount == before + 1)
        }
    }

    @Test func `is woken by other threads as always`() throws {
        try hub.run {
            let script = ScriptedPoller([.interrupted, .nothing, .interrupted])
            let answer = try script.control {
                try Offload.names.run { 42 }
            }

            #expect(answer == 42)
        }
    }

    @Test func `ends with its body`() throws {
        struct Mistake: Error {}
        try hub.run {
            let script = ScriptedPoller([.nothing])
            #expect(throws: Mistake.self) { try script.control { throw Mistake() } }
            try sleep(.milliseconds(1))

            #expect(!script.isFinished)
            script.control { script.add(.nothing) }
        }
    }
}
