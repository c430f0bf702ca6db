// SPDX-License-Identifier: Apache-2.0

/// Runs `body` with a limit in time.
///
/// ```swift
/// try withTimeout(.seconds(2)) { try sleep(.seconds(10)) }    // throws the Timeout
/// ```
///
/// - Parameters:
///   - duration: How long; `nil` is no limit.
///   - body: What is limited. If it swallows the error, the block throws it on leaving all the same.
/// - Returns: What `body` returns.
/// - Throws: A ``Timeout`` when the time is up first; what `body` throws, among which may be the
///   timeout of a block further out.
///
/// gevent: `with Timeout(seconds):`.
public func withTimeout<Value>(_ duration: Duration?, _ body: () throws -> Value) throws -> Value {
    try Timeout(duration).guarding(body)
}

/// Runs `body` with a limit in time, and throws `error` when it is reached.
///
/// - Parameters:
///   - duration: How long; `nil` is no limit.
///   - error: What is thrown when the time is up.
///   - body: What is limited.
/// - Returns: What `body` returns.
/// - Throws: `error` when the time is up first; what `body` throws.
///
/// gevent: `with Timeout(seconds, exception):`.
public func withTimeout<Value>(
    _ duration: Duration?, throwing error: any Error, _ body: () throws -> Value
) throws -> Value {
    try Timeout(duration, throwing: error).guarding(body)
}

/// Runs `body` with a limit in time, and gives up silently when it is reached.
///
/// - Parameters:
///   - duration: How long; `nil` is no limit.
///   - fallback: What is returned when the time is up. `nil`, say, tells that it was.
///   - body: What is limited.
/// - Returns: What `body` returns, or `fallback`.
/// - Throws: What `body` throws; never its own timeout, but one of a block further out.
///
/// gevent: `with_timeout(seconds, function, timeout_value=…)`, `with Timeout(seconds, False):`.
public func withTimeout<Value>(
    _ duration: Duration?, default fallback: @autoclosure () -> Value, _ body: () throws -> Value
) throws -> Value {
    let timeout = Timeout(duration)
    do { return try timeout.guarding(body) } catch let error as Timeout where error === timeout {
        return fallback()
    }
}

extension Timeout {
    /// Runs `body` with this limit, which is started unless it is pending, and closed at the end.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: The error of the limit when it is reached first; what `body` throws;
    ///   ``BlockingSwitchOutError`` in a callback of the hub.
    ///
    /// gevent: `with timeout:`.
    public func guarding<Value>(_ body: () throws -> Value) throws -> Value {
        try requireGreenlet()
        if !isPending { start() }
        defer { close() }
        let value: Value
        do { value = try body() } catch {
            // What failed is a call of C that it struck: the reason is the timeout.
            if struckElsewhere() { throw self.error }
            throw error
        }
        if struckElsewhere() { throw error }
        // Out of time, but the error not thrown yet: the body was faster, and its value counts.
        // Thrown and swallowed: the block still ends by it.
        if unsafe hasExpired && !withdraw() { throw error }
        return value
    }
}
