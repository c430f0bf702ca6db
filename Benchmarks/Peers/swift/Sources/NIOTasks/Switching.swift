// SPDX-License-Identifier: Apache-2.0
import Measure
import NIOCore

/// Two callbacks that each put themselves to the end of the loop's list.
func measureExecute(on loop: any EventLoop, _ count: Int) throws {
    func run(_ count: Int) throws {
        let left = Counter(count)
        let done = loop.makePromise(of: Void.self)
        @Sendable func step() {
            left.value -= 1
            if left.value == 0 { done.succeed(()) }
            if left.value > 0 { loop.execute { step() } }
        }
        loop.execute {
            loop.execute { step() }
            loop.execute { step() }
        }
        try done.futureResult.wait()
    }
    try run(count / 10)
    let start = now()
    try run(count)
    report(["ns": each(count, since: start)])
}

/// A value handed on through a promise, whose taker runs in a turn of its own.
func measurePromises(on loop: any EventLoop, _ count: Int) throws {
    let done = loop.makePromise(of: Void.self)
    @Sendable func step(_ left: Int) {
        if left == 0 { return done.succeed(()) }
        let promise = loop.makePromise(of: Int.self)
        promise.futureResult.whenSuccess { value in loop.execute { step(value) } }
        promise.succeed(left - 1)
    }
    let start = now()
    loop.execute { step(count) }
    try done.futureResult.wait()
    report(["ns": each(count, since: start)])
}
