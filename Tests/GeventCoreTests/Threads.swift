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
