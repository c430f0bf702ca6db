// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct HubRemoteTests {
    @Test func `runs what a thread without a hub submits, in greenlets, in order`() throws {
        let log = try onHub(.inOrder) {
            let remote = Hub.current.remote
            let log = Guarded<[Int]>([])
            let sender = try Elsewhere {
                for number in 0..<1000 { try remote.submit { log.withLock { $0.append(number) } } }
                return Hub.currentIfExists == nil
            }
            while log.withLock({ $0.count }) < 1000 { try sleep(.milliseconds(1)) }
            return (log.withLock { $0 }, try sender.get())
        }

        #expect(log.0 == Array(0..<1000))
        #expect(log.1)
    }

    @Test func `lets what was submitted wait`() throws {
        let ran = try onHub {
            let remote = Hub.current.remote
            let ran = Guarded(false)
            let sender = try Elsewhere {
                try remote.submit {
                    try sleep(.milliseconds(1))
                    ran.withLock { $0 = true }
                }
            }
            while !ran.withLock({ $0 }) { try sleep(.milliseconds(1)) }
            try sender.get()
            return ran.withLock { $0 }
        }

        #expect(ran)
    }

    @Test func `answers a call from a thread without a hub, which gets none`() throws {
        let answer = try onHub {
            let remote = Hub.current.remote
            let caller = try Elsewhere {
                let answer = try remote.call {
                    try sleep(.milliseconds(1))
                    return "an answer"
                }
                return (answer, Hub.currentIfExists == nil)
            }
            let waiter = spawn { try remote.call { 1 } }
            while !waiter.isReady { try sleep(.milliseconds(1)) }
            // Only the hub's own greenlets keep it turning.
            let watcher = spawn { while true { try sleep(.milliseconds(1)) } }
            let answer = try Offload(name: "wait", limit: 1).run { try caller.get() }
            try watcher.kill()
            return answer
        }

        #expect(answer.0 == "an answer")
        #expect(answer.1)
    }

    @Test func `throws at the caller what the call threw`() throws {
        #expect(throws: Mistake.self) {
            try onHub {
                let remote = Hub.current.remote
                _ = try remote.call { () throws -> Int in throw Mistake("there") }
            }
        }
    }

    @Test func `parks the greenlet that calls another hub, and no other`() throws {
        let turns = try onHub {
            let remotes = Guarded<[HubRemote]>([])
            let isOver = Guarded(false)
            let server = try Elsewhere {
                remotes.withLock { $0.append(Hub.current.remote) }
                while !isOver.withLock({ $0 }) { try sleep(.milliseconds(1)) }
            }
            while remotes.withLock({ $0.isEmpty }) { try sleep(.milliseconds(1)) }
            let remote = remotes.withLock { $0[0] }
            var turns = 0
            let ticker = spawn {
                while true {
                    turns += 1
                    try sleep()
                }
            }
            let number = try remote.call {
                try sleep(.milliseconds(5))
                return 7
            }
            try ticker.kill()
            isOver.withLock { $0 = true }
            try server.get()
            return number == 7 ? turns : 0
        }

        #expect(turns > 1)
    }

    @Test func `answers that the hub has closed, at once and to those under way`() throws {
        let remote = try onHub { Hub.current.remote }

        #expect(remote.isClosed)
        #expect(throws: HubClosed.self) { try remote.submit {} }
        #expect(throws: HubClosed.self) { try remote.runCallback {} }
        #expect(throws: HubClosed.self) { try withoutHub { try remote.call { 1 } } }
    }

    @Test(arguments: [true, false])
    func `answers calls that the end of the hub has cut off`(hasBegun: Bool) throws {
        let calls = try onHub {
            let remote = Hub.current.remote
            let begun = Guarded(0)
            let calls = try (0..<3).map { _ in
                try Elsewhere {
                    try remote.call {
                        begun.withLock { $0 += 1 }
                        try sleep(.seconds(60))
                    }
                }
            }
            if hasBegun { while begun.withLock({ $0 }) < 3 { try sleep(.milliseconds(1)) } }
            return calls
        }

        for call in calls { #expect(throws: HubClosed.self) { try call.get() } }
    }

    @Test func `returns at once to a caller that is killed or out of time`() throws {
        try onHub {
            let remote = Hub.current.remote
            let caller = spawn { try remote.call { try sleep(.seconds(60)) } }
            try sleep(.milliseconds(1))
            try caller.kill()
            #expect(caller.isKilled)
            #expect(throws: Timeout.self) {
                try remote.call(timeout: .milliseconds(1)) { try sleep(.seconds(60)) }
            }
        }
    }

    @Test func `reports what fails in a callback and goes on`() throws {
        let report = try onHub {
            let report = Guarded("")
            Hub.current.errorHandler = { failure in report.withLock { $0 = "\(failure)" } }
            let remote = Hub.current.remote
            try withoutHub { try remote.runCallback { throw Mistake("in a callback") } }
            try sleep(.milliseconds(1))
            return report.withLock { $0 }
        }

        #expect(report.contains("in a callback"))
    }
}
