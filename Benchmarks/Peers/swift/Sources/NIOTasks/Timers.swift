// SPDX-License-Identifier: Apache-2.0
import Measure
import NIOCore

/// Callbacks that are each due after a random time of up to a second.
///
/// `scheduleCallback`, NIO's lighter kind: a scheduled task has a promise besides.
func measureTimers(on loop: any EventLoop, _ count: Int) throws {
    let done = loop.makePromise(of: Void.self)
    let ring = Ring(count, done)
    let cpu = cpuSeconds()
    try loop.submit {
        for _ in 0..<count {
            let delay = TimeAmount.nanoseconds(Int64.random(in: 0..<1_000_000_000))
            _ = try loop.scheduleCallback(in: delay, handler: ring)
        }
    }.wait()
    try done.futureResult.wait()
    report(["cpu_s": cpuSeconds() - cpu])
}

private final class Ring: NIOScheduledCallbackHandler, @unchecked Sendable {
    private var left: Int
    private let done: EventLoopPromise<Void>

    init(_ count: Int, _ done: EventLoopPromise<Void>) {
        left = count
        self.done = done
    }

    func handleScheduledCallback(eventLoop: some EventLoop) {
        left -= 1
        if left == 0 { done.succeed(()) }
    }
}
