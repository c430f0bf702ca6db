// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Gevent

/// A thread, and its end.
final class Elsewhere: Sendable {
    private let isOver = DispatchSemaphore(value: 0)

    init(_ body: @escaping @Sendable () throws -> Void) {
        Thread { [isOver] in
            do { try body() } catch { fatalError("a thread of the benchmark has failed: \(error)") }
            Hub.currentIfExists?.close()
            isOver.signal()
        }.start()
    }

    func join() { isOver.wait() }
}
