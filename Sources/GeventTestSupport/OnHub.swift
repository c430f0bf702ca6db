// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// Runs `body` as the main greenlet of a hub of its own, on a thread of its own.
///
/// The hub is closed afterwards, and the thread joined, before this returns. Tests run inside of
/// tasks, where no hub may be; this is their way out.
///
/// - Throws: What `body` throws; ``LeftBehind`` if a greenlet outlived the hub.
package func onHub<Value>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
    // SAFETY: written by the thread, read after it was joined.
    nonisolated(unsafe) var outcome: Result<Value, any Error>?
    let thread = try NativeThread(name: "test-hub") {
        let hub = Hub.current
        let result = Result { try body() }
        hub.close()
        let left = hub.greenletCount
        unsafe outcome =
            left == 0 ? result : result.flatMap { _ in .failure(LeftBehind(greenlets: left)) }
    }
    thread.join()
    guard let outcome = unsafe outcome else { preconditionFailure("the test's thread ended early") }
    return try outcome.get()
}

/// A test left something behind.
package struct LeftBehind: Error {
    /// Greenlets that did not end.
    package let greenlets: Int
}
