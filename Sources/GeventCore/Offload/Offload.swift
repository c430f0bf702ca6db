// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

/// Threads for calls that block and cannot be made to wait like a greenlet.
///
/// gevent: `ThreadPool`.
package final class Offload: Sendable {
    /// The pool that name look-ups use, so that slow names keep nothing else waiting.
    package static let names = Offload(name: "gevent-names", limit: 10)

    /// The pool for regular files, which are always ready and yet may take long.
    package static let files = Offload(name: "gevent-files", limit: 10)

    /// The pool for waits for child processes of any kind, each of which holds a thread.
    package static let children = Offload(name: "gevent-child", limit: 16)

    private struct State {
        var jobs: [@Sendable () -> Void] = []
        var resting = 0
        var threads = 0
    }

    private let name: String
    private let limit: Int
    private let state = Guarded(State())
    private let signal = NativeSignal()

    /// A pool of up to `limit` threads, which are made as they are needed and stay.
    package init(name: String, limit: Int) {
        self.name = name
        self.limit = limit
    }

    /// Runs `body` on a thread of the pool while the greenlet waits.
    ///
    /// > Suspends: Always. A kill or a timeout returns at once; the late result is dropped.
    ///
    /// - Throws: What `body` throws; what strikes the greenlet meanwhile.
    ///
    /// gevent: `ThreadPool.apply`.
    package func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws
        -> Value
    {
        // A thread without a hub has nobody to let run meanwhile.
        guard unsafe gv_hub_here() != nil else { return try body() }
        // Asked before: an answer that comes at once would need no wait.
        _ = try AnyGreenlet.currentThatMayWait()
        let answer = Answer<Value>()
        submit {
            let outcome = Result { try body() }
            answer.complete(outcome)
        }
        return try answer.wait("a blocking call on another thread")
    }

    private func submit(_ job: @escaping @Sendable () -> Void) {
        let needsThread = state.withLock { state in
            state.jobs.append(job)
            guard state.resting < state.jobs.count, state.threads < limit else { return false }
            state.threads += 1
            return true
        }
        if needsThread { startThread() }
        signal.raise()
    }

    private func startThread() {
        do {
            try NativeThread(name: name, takesSignals: false) { [self] in work() }.detach()
        } catch {
            let left = state.withLock { state in
                state.threads -= 1
                return state.threads
            }
            // Without any thread the job would wait for ever.
            if left == 0 { fatalError("no thread for blocking calls: \(error)") }
        }
    }

    private func work() {
        gv_become_helper()
        while true {
            state.withLock { $0.resting += 1 }
            signal.wait()
            let job = state.withLock { state in
                state.resting -= 1
                return state.jobs.isEmpty ? nil : state.jobs.removeFirst()
            }
            job?()
        }
    }
}
