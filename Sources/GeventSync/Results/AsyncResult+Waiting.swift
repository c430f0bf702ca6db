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
    @inlinable
    public func get(block: Bool = true, timeout: Duration? = nil) throws -> Value {
        Self.value(in: try take(block: block, timeout: timeout))
    }

    /// What was set, without waiting for it.
    ///
    /// - Returns: The value.
    /// - Throws: The very error that was set; `Timeout` when nothing is set.
    /// - Complexity: O(1).
    ///
    /// gevent: `get_nowait`.
    @inlinable
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
    @inlinable
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
    @inlinable @discardableResult
    public func wait(timeout: Duration? = nil) throws -> Value? {
        guard case .value(let box) = try waitForOutcome(timeout) else { return nil }
        return Self.value(in: box)
    }

    /// The box with the value, or the error thrown.
    @usableFromInline
    func take(block: Bool, timeout: Duration?) throws -> AnyObject {
        switch block ? try waitForOutcome(timeout) : outcomeNow {
        case .value(let box): return box
        case .error(let error): throw error
        case nil: throw Timeout(block ? timeout : .zero)
        }
    }

    /// What was set; `nil` if `timeout` ran out first.
    @usableFromInline
    func waitForOutcome(_ timeout: Duration?) throws -> ResultOutcome? {
        let hub = unsafe waitingHubPointer()
        while true {
            unsafe line.queue.lock()
            if let outcome = unsafe outcome {
                unsafe line.queue.unlock()
                return outcome
            }
            let isWoken = unsafe try Wait(what: "AsyncResult.get", object: self)
                .park(on: line.queue, hub: hub, timeout: timeout)
            // A strike that was taken back ends the wait for nothing.
            if !isWoken && timeout != nil { return outcomeNow }
        }
    }
}
