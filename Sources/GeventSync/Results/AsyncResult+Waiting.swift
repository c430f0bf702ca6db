// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventCore

extension AsyncResult {
    /// What was set, waited for if need be.
    ///
    /// > Suspends: When nothing is set and `block` is true.
    ///
    /// - Parameters:
    ///   - block: False does not wait.
    ///   - timeout: How long to wait; `nil` waits for ever.
    /// - Returns: The value.
    /// - Throws: The very error that was set; `Timeout` when nothing was set in time; what strikes
    ///   the caller while it waits.
    /// - Complexity: O(1).
    ///
    /// gevent: `get`.
    public func get(block: Bool = true, timeout: Duration? = nil) throws -> Value {
        if block {
            guard try waitUntilSet(timeout) else { throw Timeout(timeout) }
        }
        guard let outcome else { throw Timeout(.zero) }
        return try outcome.get()
    }

    /// What was set, without waiting for it.
    ///
    /// - Returns: The value.
    /// - Throws: The very error that was set; `Timeout` when nothing is set.
    /// - Complexity: O(1).
    ///
    /// gevent: `get_nowait`.
    public func getNowait() throws -> Value { try get(block: false) }

    /// What was set, waited for if need be, as ``get(block:timeout:)``.
    ///
    /// > Suspends: When nothing is set.
    ///
    /// - Parameter timeout: How long to wait; `nil` waits for ever.
    /// - Returns: The value.
    /// - Throws: The very error that was set; `Timeout` when nothing was set in time; what strikes
    ///   the caller while it waits.
    ///
    /// gevent: `result`.
    public func result(timeout: Duration? = nil) throws -> Value { try get(timeout: timeout) }

    /// Waits until something is set, and never throws the error that was.
    ///
    /// `nil` does not tell an error from running out of time; ``isReady`` and ``error`` do.
    ///
    /// > Suspends: When nothing is set.
    ///
    /// - Parameter timeout: How long to wait; `nil` waits for ever.
    /// - Returns: The value; `nil` after an error, and when nothing was set in time.
    /// - Throws: What strikes the caller while it waits.
    /// - Complexity: O(1).
    ///
    /// gevent: `wait`.
    @discardableResult
    public func wait(timeout: Duration? = nil) throws -> Value? {
        try waitUntilSet(timeout) ? value : nil
    }

    /// Returns false if `timeout` ran out first.
    private func waitUntilSet(_ timeout: Duration?) throws -> Bool {
        if isReady { return true }
        let hub = unsafe currentHubPointer()
        unsafe line.queue.lock()
        // Another thread may have been faster.
        if outcomeLocked != nil {
            unsafe line.queue.unlock()
            return true
        }
        return unsafe try Wait(what: "AsyncResult.get", object: self)
            .park(on: line.queue, hub: hub, timeout: timeout)
    }
}
