// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

extension AsyncResult {
    /// Whether a value or an error was set.
    ///
    /// gevent: `ready()`.
    public var isReady: Bool { outcomeNow != nil }

    /// Whether a value was set.
    ///
    /// gevent: `successful()`.
    public var isSuccessful: Bool {
        if case .value = outcomeNow { return true }
        return false
    }

    /// The value that was set; `nil` before, and when an error was.
    ///
    /// gevent: `value`.
    @inlinable public var value: Value? {
        guard case .value(let box) = outcomeNow else { return nil }
        return Self.value(in: box)
    }

    /// The error that was set; `nil` before, and when a value was.
    ///
    /// gevent: `exception`.
    public var error: (any Error)? {
        if case .error(let error) = outcomeNow { return error }
        return nil
    }

    @usableFromInline var outcomeNow: ResultOutcome? {
        unsafe line.queue.lock()
        defer { unsafe line.queue.unlock() }
        return unsafe outcome
    }

    /// The value that ``set(_:)`` has put into `box`.
    @inlinable static func value(in box: AnyObject) -> Value {
        // SAFETY: `set` is the only one that makes an outcome with a box.
        unsafe unsafeDowncast(box, to: ResultBox<Value>.self).value
    }
}

extension AsyncResult {
    /// How many wait for it.
    package var waiterCount: Int { line.waiterCount }
}
