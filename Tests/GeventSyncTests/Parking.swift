// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSystem

/// What `body` throws; `nil` if it does not.
func errorOf(_ body: () throws -> Void) -> (any Error)? {
    do { try body() } catch { return error }
    return nil
}

/// Runs `body` in a callback of the hub, where nothing may wait, and returns once it has run.
func inCallback(_ body: @escaping () -> Void) throws {
    var hasRun = false
    Hub.current.runCallback {
        body()
        hasRun = true
    }
    while !hasRun { try sleep() }
}

/// Runs `body` on a thread without a hub, once the caller has let others run.
func onForeignThread(_ body: @escaping @Sendable () -> Void) throws -> NativeThread {
    let signal = NativeSignal()
    let thread = try NativeThread(name: "foreign") {
        signal.wait()
        body()
    }
    spawn { signal.raise() }
    return thread
}

/// What `body` returns on a thread that begins without a hub.
func onBareThread<Value>(_ body: @escaping @Sendable () -> Value) throws -> Value {
    // SAFETY: written by the thread, read after it was joined.
    nonisolated(unsafe) var outcome: Value?
    let thread = try NativeThread(name: "bare") { unsafe outcome = body() }
    thread.join()
    guard let outcome = unsafe outcome else { preconditionFailure("the thread ended early") }
    return outcome
}

/// How long is enough for what should happen at once, on a machine with other things to do.
let plenty: Duration = .seconds(20)
