// SPDX-License-Identifier: Apache-2.0
import Measure
import NIOCore

/// Promises with a callback each, all of them kept in turn.
///
/// There is no task: this is what NIO has
/// instead of one that waits.
func measurePending(on loop: any EventLoop, _ count: Int) throws {
    let left = Counter(count)
    let done = loop.makePromise(of: Void.self)
    let before = residentBytes()
    let promises = try loop.submit {
        (0..<count).map { _ in
            let promise = loop.makePromise(of: Void.self)
            promise.futureResult.whenSuccess { countDown(left, done) }
            return promise
        }
    }.wait()
    let bytes = (residentBytes() - before) / count
    let start = now()
    loop.execute { for promise in promises { promise.succeed(()) } }
    try done.futureResult.wait()
    report(["bytes": Double(bytes), "wake_ns": each(count, since: start)])
}

/// Callbacks that all wait for one future.
func measureEvent(on loop: any EventLoop, _ count: Int) throws {
    let left = Counter(count)
    let done = loop.makePromise(of: Void.self)
    let event = loop.makePromise(of: Void.self)
    try loop.submit {
        for _ in 0..<count { event.futureResult.whenSuccess { countDown(left, done) } }
    }.wait()
    let start = now()
    loop.execute { event.succeed(()) }
    try done.futureResult.wait()
    report(["ns": each(count, since: start)])
}

private func countDown(_ left: Counter, _ done: EventLoopPromise<Void>) {
    left.value -= 1
    if left.value == 0 { done.succeed(()) }
}
