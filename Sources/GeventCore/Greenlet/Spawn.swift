// SPDX-License-Identifier: Apache-2.0

/// Makes a greenlet for `body` and starts it: it runs when its turn comes, at the caller's next
/// wait at the earliest.
///
/// ```swift
/// let answer = spawn { try fetch() }
/// ```
///
/// - Parameters:
///   - stackSize: Bytes of stack, rounded up to whole pages; `nil` is 256 KiB.
///   - file: Where it is spawned, for reports.
///   - line: Where it is spawned, for reports.
///   - body: What it does.
/// - Returns: The greenlet.
/// - Complexity: O(1).
///
/// gevent: `gevent.spawn`.
@inlinable @discardableResult
public func spawn<Value>(
    stackSize: Int? = nil, file: StaticString = #fileID, line: UInt = #line,
    _ body: @escaping () throws -> Value
) -> Greenlet<Value> {
    let greenlet = Greenlet(stackSize: stackSize, file: file, line: line, body)
    greenlet.start()
    return greenlet
}

/// Makes a greenlet that calls `function` with the given arguments, and starts it.
///
/// - Parameters:
///   - function: What it does.
///   - first: The first argument.
///   - rest: The other arguments.
///   - file: Where it is spawned, for reports.
///   - line: Where it is spawned, for reports.
/// - Returns: The greenlet.
/// - Complexity: O(1).
///
/// gevent: `gevent.spawn(function, *args)`.
@inlinable @discardableResult
public func spawn<First, each Rest, Value>(
    _ function: @escaping (First, repeat each Rest) throws -> Value, _ first: First,
    _ rest: repeat each Rest, file: StaticString = #fileID, line: UInt = #line
) -> Greenlet<Value> {
    let greenlet = Greenlet(file: file, line: line) { try function(first, repeat each rest) }
    greenlet.start()
    return greenlet
}

/// Makes a greenlet for `body` and starts it after `delay`.
///
/// - Parameters:
///   - delay: How long to wait before its turn can come.
///   - stackSize: Bytes of stack, rounded up to whole pages; `nil` is 256 KiB.
///   - file: Where it is spawned, for reports.
///   - line: Where it is spawned, for reports.
///   - body: What it does.
/// - Returns: The greenlet.
/// - Complexity: O(log n) of the timers.
///
/// gevent: `gevent.spawn_later`.
@inlinable @discardableResult
public func spawn<Value>(
    after delay: Duration, stackSize: Int? = nil, file: StaticString = #fileID,
    line: UInt = #line, _ body: @escaping () throws -> Value
) -> Greenlet<Value> {
    let greenlet = Greenlet(stackSize: stackSize, file: file, line: line, body)
    greenlet.start(after: delay)
    return greenlet
}

/// Runs `body` in a greenlet that has no value: for what is never waited for.
///
/// An error goes to the hub's error handler.
///
/// - Parameters:
///   - file: Where it is spawned, for reports.
///   - line: Where it is spawned, for reports.
///   - body: What it does.
/// - Returns: The greenlet, which can be killed.
///
/// gevent: `gevent.spawn_raw`.
@discardableResult
public func spawnRaw(
    file: StaticString = #fileID, line: UInt = #line, _ body: @escaping () throws -> Void
) -> AnyGreenlet {
    let greenlet = Greenlet(file: file, line: line, body)
    greenlet.start(isAnnounced: false)
    return greenlet
}

/// Runs `body` with a greenlet that does not outlive it.
///
/// When `body` returns, the greenlet is waited for; when it throws, the greenlet is killed with
/// that error, so that ``Greenlet/get(block:timeout:)`` throws it too.
///
/// > Suspends: At the end, when the greenlet has not ended.
///
/// - Parameters:
///   - greenlet: A greenlet that was spawned.
///   - body: What is done meanwhile.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, and what strikes the caller while it waits.
///
/// gevent: `with spawn(…) as greenlet:`.
public func withGreenlet<Value, Result>(
    _ greenlet: Greenlet<Value>, _ body: (Greenlet<Value>) throws -> Result
) throws -> Result {
    let result: Result
    do {
        result = try body(greenlet)
        try greenlet.join()
    } catch {
        // The caller may be struck as well, and still has to see the end of what it began.
        _ = try shielded { try greenlet.kill(throwing: error) }
        throw error
    }
    return result
}
