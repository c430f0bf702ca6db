// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct AsyncResultTests {
    @Test func `hands its value to everybody who waits in the order they came`() throws {
        try onHub(.inOrder) {
            let result = AsyncResult<String>()
            var log: [String] = []
            let waiters = (1...3).map { number in
                spawn { log.append("\(number) \(try result.get())") }
            }
            try sleep()

            result.set("up")
            try joinAll(waiters)

            #expect(log == ["1 up", "2 up", "3 up"])
        }
    }

    @Test func `gives the value at once when it is set`() throws {
        try onHub {
            let result = AsyncResult<Int>()
            result.set(1)

            try #expect(result.get() == 1)
            try #expect(result.getNowait() == 1)
            try #expect(result.result() == 1)
            try #expect(result.wait() == 1)
            #expect(result.isReady && result.isSuccessful && result.value == 1)
        }
    }

    @Test func `a second set replaces the first`() throws {
        try onHub {
            let result = AsyncResult<Int>()
            result.set(1)
            result.set(error: Boom())
            result.setResult(2)

            try #expect(result.get() == 2)
            #expect(result.error == nil)
        }
    }

    @Test func `throws the identical error in who waits`() throws {
        try onHub {
            let result = AsyncResult<Int>()
            let boom = Boom()
            #expect(result.error == nil)
            let waiter = spawn { try result.get() }
            try idle()

            result.set(error: boom)
            try idle()

            #expect(waiter.error as? Boom === boom)
            #expect(result.error as? Boom === boom)
            #expect(result.isReady && !result.isSuccessful && result.value == nil)
        }
    }

    @Test func `wait never throws the error that was set`() throws {
        try onHub {
            let result = AsyncResult<Int>()
            result.set(error: Boom())

            try #expect(result.wait() == nil)
        }
    }

    @Test func `wait returns nil when the time is up`() throws {
        try onHub {
            try #expect(AsyncResult<Int>().wait(timeout: .milliseconds(2)) == nil)
        }
    }

    @Test func `get throws a timeout when nothing is set in time`() throws {
        try onHub {
            let result = AsyncResult<Int>()

            #expect(throws: Timeout.self) { try result.get(timeout: .milliseconds(2)) }
            #expect(throws: Timeout.self) { try result.get(block: false) }
            #expect(throws: Timeout.self) { try result.getNowait() }
        }
    }

    @Test func `an outer timeout passes through`() throws {
        try onHub {
            let result = AsyncResult<Int>()

            expectOuterTimeoutPasses { _ = try result.get(timeout: .seconds(1)) }
            expectOuterTimeoutPasses { _ = try result.wait(timeout: .seconds(1)) }
        }
    }

    @Test func `a timeout with a default gives the default`() throws {
        try onHub {
            let result = AsyncResult<Int>()

            let value = try withTimeout(.milliseconds(2), default: -1) { try result.get() }

            #expect(value == -1)
        }
    }

    @Test func `a waiter that is killed leaves the others in line`() throws {
        try onHub {
            let result = AsyncResult<Int>()
            let first = spawn { try result.get() }
            let second = spawn { try result.get() }
            try sleep()

            try first.kill()
            result.set(5)

            try #expect(second.get() == 5)
            #expect(first.isKilled)
        }
    }

    @Test func `a callback of the hub may set it`() throws {
        try onHub {
            let result = AsyncResult<Void>()

            Hub.current.runCallback { result.set() }

            try result.get()
        }
    }

    @Test func `is let go of outside of its lock`() throws {
        final class Setter {
            let result: AsyncResult<Setter?>
            init(_ result: AsyncResult<Setter?>) { self.result = result }
            deinit { result.set(nil) }
        }
        try onHub {
            let result = AsyncResult<Setter?>()
            result.set(Setter(result))

            result.set(nil)

            #expect(result.isSuccessful)
        }
    }

    @Test func `another thread wakes who waits`() throws {
        try onHub {
            Hub.current.keepAlive()
            for round in 0..<20 {
                let result = AsyncResult<Int>()
                let waiter = spawn { try result.get(timeout: .seconds(60)) }
                let thread = try NativeThread(name: "setter") { result.set(round) }

                try #expect(result.get() == round)
                try #expect(waiter.get() == round)
                thread.join()
            }
        }
    }
}
