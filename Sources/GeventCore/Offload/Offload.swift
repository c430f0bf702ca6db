// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

/// Threads for calls that block and cannot be made to wait like a greenlet.
///
/// gevent: `ThreadPool`.
package final class Offload: Sendable {
    /// The pool that name look-ups use, so that slow names keep nothing else waiting.
    package static let names = Offload(name: "gevent-names", limit: 10)

    private struct State {
        var jobs: [@Sendable () -> Void] = []
        var idle = 0
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
        let scheduler = Scheduler.current
        let answer = OffloadAnswer<Value>()
        scheduler.outsideWaits += 1
        defer { scheduler.outsideWaits -= 1 }
        submit {
            let outcome = Result { try body() }
            answer.complete(outcome)
        }
        return unsafe try answer.wait(hub: scheduler.pointer)
    }

    private func submit(_ job: @escaping @Sendable () -> Void) {
        let needsThread = state.withLock { state in
            state.jobs.append(job)
            guard state.idle < state.jobs.count, state.threads < limit else { return false }
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
        while true {
            state.withLock { $0.idle += 1 }
            signal.wait()
            let job = state.withLock { state in
                state.idle -= 1
                return state.jobs.isEmpty ? nil : state.jobs.removeFirst()
            }
            job?()
        }
    }
}

/// The answer of a job, which may come after nobody waits for it any more.
@safe private final class OffloadAnswer<Value: Sendable>: @unchecked Sendable {
    // SAFETY: `result` is written and read under the lock of `line`.
    private let line = WaitList()
    private var result: Result<Value, any Error>?

    func complete(_ outcome: Result<Value, any Error>) {
        unsafe line.queue.lock()
        result = outcome
        _ = unsafe gv_wait_wake_all(line.queue)
        unsafe line.queue.unlock()
    }

    func wait(hub: UnsafeMutablePointer<gv_hub>) throws -> Value {
        unsafe line.queue.lock()
        if result == nil {
            _ = unsafe try Wait(what: "a blocking call on another thread", object: nil)
                .park(on: line.queue, hub: hub, timeout: nil)
            unsafe line.queue.lock()
        }
        let outcome = result
        unsafe line.queue.unlock()
        guard let outcome else { preconditionFailure("a job was answered without a result") }
        return try outcome.get()
    }
}
