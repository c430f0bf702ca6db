// SPDX-License-Identifier: Apache-2.0
import GeventSystem

/// Runs `body` on a thread of its own, and blocks until it has ended.
func onThread<Value>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
    // SAFETY: written by the thread, read after it was joined.
    nonisolated(unsafe) var outcome: Result<Value, any Error>?
    let thread = try NativeThread(name: "test-other") { unsafe outcome = Result { try body() } }
    thread.join()
    guard let outcome = unsafe outcome else { preconditionFailure("the thread ended early") }
    return try outcome.get()
}

/// A thread that does something a little later.
struct NativeHelper: ~Copyable {
    private let thread: NativeThread

    init(_ body: @escaping @Sendable () -> Void) throws {
        thread = try NativeThread(name: "test-helper") {
            // Long enough for the hub to fall asleep; correct even if it has not.
            blockThread(.milliseconds(3))
            body()
        }
    }

    consuming func join() { thread.join() }
}

/// Blocks the whole thread, greenlets and all.
func blockThread(_ duration: Duration) {
    let end = ContinuousClock.now + duration
    while ContinuousClock.now < end {}
}
