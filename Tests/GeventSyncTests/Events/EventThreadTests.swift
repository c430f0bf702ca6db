// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct EventThreadTests {
    @Test(arguments: [nil, .seconds(60)] as [Duration?])
    func `wakes the main greenlet from a thread without a hub`(timeout: Duration?) throws {
        let isSet = try onHub {
            Hub.current.keepAlive()
            let event = Event()
            let thread = try onForeignThread { event.set() }

            let isSet = try event.wait(timeout: timeout)

            thread.join()
            return isSet
        }

        #expect(isSet)
    }

    @Test(arguments: [nil, .seconds(60)] as [Duration?])
    func `wakes greenlets from another hub, while others run`(timeout: Duration?) throws {
        let outcome = try onHub {
            Hub.current.keepAlive()
            let event = Event()
            let ticker = spawn { while true { try sleep(.milliseconds(1)) } }
            let waiters = (0..<3).map { _ in spawn { try event.wait(timeout: timeout) } }
            let thread = try onForeignThread {
                try? onHub { _ = try spawn { event.set() }.join() }
            }

            try joinAll(waiters)

            thread.join()
            try ticker.kill()
            return waiters.map(\.value)
        }

        #expect(outcome == [true, true, true])
    }

    @Test func `hands a turn to and fro between two hubs`() throws {
        let rounds = 300
        let turns = try onHub {
            Hub.current.keepAlive()
            let ping = Event()
            let pong = Event()
            let thread = try onForeignThread {
                try? onHub {
                    Hub.current.keepAlive()
                    for _ in 0..<rounds {
                        guard try ping.wait(timeout: plenty) else { return }
                        ping.clear()
                        pong.set()
                    }
                }
            }
            var turns = 0
            for _ in 0..<rounds {
                ping.set()
                guard try pong.wait(timeout: plenty) else { break }
                pong.clear()
                turns += 1
            }
            thread.join()
            return turns
        }

        #expect(turns == rounds)
    }

    @Test func `makes no hub on a thread that only sets, clears and asks`() throws {
        let hadHub = try onBareThread {
            let event = Event()
            event.set()
            _ = event.isSet
            event.clear()
            return Hub.currentIfExists != nil
        }

        #expect(!hadHub)
    }

    @Test func `calls a link in the hub that it was made in`() throws {
        let isHere = try onHub {
            Hub.current.keepAlive()
            let event = Event()
            let called = Event()
            let home = Hub.current
            var isHere = false
            _ = event.linkReady {
                isHere = Hub.currentIfExists === home
                called.set()
            }
            let thread = try onForeignThread { event.set() }

            try called.wait(timeout: plenty)

            thread.join()
            return isHere
        }

        #expect(isHere)
    }
}
