// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

/// The outcome of what another thread does for somebody here, which may come when nobody waits for it
/// any more.
@safe package final class Answer<Value: Sendable>: @unchecked Sendable {
    // SAFETY: written and read under the lock of the line.
    private let line = WaitList()
    @exclusivity(unchecked) private var outcome: Result<Value, any Error>?

    /// No answer yet.
    package init() { unsafe outcome = nil }

    /// Whether there is one.
    package var isThere: Bool {
        unsafe line.queue.lock()
        defer { unsafe line.queue.unlock() }
        return unsafe outcome != nil
    }

    /// Gives the answer, unless there is one.
    package func complete(_ new: Result<Value, any Error>) {
        unsafe line.queue.lock()
        if unsafe outcome == nil {
            unsafe outcome = new
            _ = unsafe gv_wait_wake_all(line.queue)
        }
        unsafe line.queue.unlock()
    }

    /// Waits for the answer, in a greenlet or on a thread without a hub.
    ///
    /// > Suspends: Until there is one.
    ///
    /// - Parameters:
    ///   - what: What reports call the wait.
    ///   - timeout: How long to wait; `nil` waits for ever.
    /// - Returns: The value that is the answer.
    /// - Throws: The error that is the answer; a ``Timeout`` when the time is up; what strikes the
    ///   greenlet.
    package func wait(_ what: StaticString, timeout: Duration? = nil) throws -> Value {
        let hub = unsafe waitingHubPointer()
        // It comes from outside, so the hub has something to wait for.
        let scheduler = unsafe gv_is_native(hub) ? nil : Scheduler.of(hub)
        scheduler?.outsideWaits += 1
        defer { scheduler?.outsideWaits -= 1 }
        let limit = Limit(timeout)
        while true {
            unsafe line.queue.lock()
            if let outcome = unsafe outcome {
                unsafe line.queue.unlock()
                return try outcome.get()
            }
            let isWoken = unsafe try Wait(what: what, object: nil)
                .park(on: line.queue, hub: hub, timeout: limit.remaining)
            if !isWoken && timeout != nil { throw Timeout(timeout) }
        }
    }
}
