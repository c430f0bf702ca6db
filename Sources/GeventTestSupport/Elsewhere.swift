// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// Something that runs on a thread of its own, which has no hub unless it makes one.
package final class Elsewhere<Value: Sendable>: Sendable {
    private let outcome = Guarded<Result<Value, any Error>?>(nil)
    private let done = NativeSignal()

    /// Starts a thread that runs `body`.
    ///
    /// - Throws: When no thread can be had.
    package init(_ body: @escaping @Sendable () throws -> Value) throws {
        try NativeThread(name: "elsewhere") { [self] in
            let result = Result { try body() }
            outcome.withLock { $0 = result }
            done.raise()
        }.detach()
    }

    /// Blocks this thread until `body` has ended.
    ///
    /// - Throws: What `body` has thrown.
    package func get() throws -> Value {
        done.wait()
        done.raise()
        guard let result = outcome.withLock({ $0 }) else {
            preconditionFailure("the thread has ended without an outcome")
        }
        return try result.get()
    }
}

/// Runs `body` on a thread without a hub, and waits for it.
///
/// - Throws: What `body` throws; ``HubWasMade`` if it has one in the end.
@discardableResult
package func withoutHub<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
) throws -> Value {
    try Elsewhere {
        let value = try body()
        if Hub.currentIfExists != nil { throw HubWasMade() }
        return value
    }.get()
}

/// A thread was given a hub that should have none.
package struct HubWasMade: Error {
    /// Makes one.
    package init() {}
}
