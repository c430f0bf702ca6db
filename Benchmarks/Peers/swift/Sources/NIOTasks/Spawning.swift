// SPDX-License-Identifier: Apache-2.0
import Measure
import NIOCore

/// Callbacks with a future each, so many at a time, and the wait for all of them.
func measureSubmit(on loop: any EventLoop, _ count: Int, batch: Int) throws {
    let start = now()
    for _ in 0..<count / batch {
        try loop.flatSubmit {
            let futures = (0..<batch).map { _ in loop.submit {} }
            return EventLoopFuture.andAllSucceed(futures, on: loop)
        }.wait()
    }
    report(["ns": each(count, since: start)])
}
