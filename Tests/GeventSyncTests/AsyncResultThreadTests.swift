// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTestSupport
import Testing

@Suite struct AsyncResultThreadTests {
    /// Where the waiter of the other thread waits.
    enum Place: CaseIterable, Sendable { case mainGreenlet, greenlet }

    @Test(arguments: Place.allCases, [nil, .seconds(600)] as [Duration?])
    func `a hub with other things to do is woken by who sets`(place: Place, timeout: Duration?)
        throws
    {
        let result = AsyncResult<Int>()
        let isWaiting = NativeSignal()
        // SAFETY: written by the thread, read after it was joined.
        nonisolated(unsafe) var outcome: Result<Int, any Error>?
        let thread = try NativeThread(name: "waiter") {
            let waited = Result {
                try onHub {
                    Hub.current.keepAlive()
                    let ticker = spawn { while true { try sleep(.milliseconds(1)) } }
                    defer { kill(ticker) }
                    spawn { isWaiting.raise() }
                    switch place {
                    case .mainGreenlet: return try result.get(timeout: timeout)
                    case .greenlet: return try spawn { try result.get(timeout: timeout) }.get()
                    }
                }
            }
            unsafe outcome = waited
        }

        isWaiting.wait()
        result.set(7)
        thread.join()

        // Thrown would be the waiter's own limit.
        #expect(try unsafe outcome?.get() == 7)
    }

    @Test(arguments: [nil, .seconds(600)] as [Duration?])
    func `a thread with a hub wakes who waits, again and again`(timeout: Duration?) throws {
        let rounds = 200
        let sum = try onHub {
            Hub.current.keepAlive()
            let turns = (0..<rounds).map { _ in
                (ask: AsyncResult<Int>(), answer: AsyncResult<Int>())
            }
            let thread = try NativeThread(name: "setter") {
                try? onHub {
                    Hub.current.keepAlive()
                    let ticker = spawn { while true { try sleep(.milliseconds(1)) } }
                    defer { kill(ticker) }
                    for turn in turns { turn.answer.set(try turn.ask.get(timeout: timeout) + 1) }
                }
            }
            var sum = 0
            for turn in turns {
                turn.ask.set(1)
                sum += try turn.answer.get(timeout: timeout)
            }
            thread.join()
            return sum
        }

        #expect(sum == 2 * rounds)
    }

    @Test func `an error that another thread sets is the identical one`() throws {
        let boom = Boom()
        let error = try onHub {
            Hub.current.keepAlive()
            let result = AsyncResult<Int>()
            let thread = try onForeignThread { result.set(error: boom) }
            let error = errorOf { _ = try result.get(timeout: plenty) }
            thread.join()
            return error
        }

        #expect(error as? Boom === boom)
    }
}
