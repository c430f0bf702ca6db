// SPDX-License-Identifier: Apache-2.0
public import GeventCore

extension Group {
    /// Makes a greenlet for `body` that is a member, and starts it.
    ///
    /// > Suspends: When the group is a ``Pool`` that is full.
    ///
    /// - Parameters:
    ///   - stackSize: Bytes of stack, rounded up to whole pages; `nil` is 256 KiB.
    ///   - file: Where it is spawned, for reports.
    ///   - line: Where it is spawned, for reports.
    ///   - body: What it does.
    /// - Returns: The greenlet, which runs when its turn comes.
    /// - Throws: What strikes the caller while it waits for room; `InvalidThreadUseError`.
    /// - Complexity: O(1).
    ///
    /// gevent: `spawn`.
    @inlinable @discardableResult
    public final func spawn<Value>(
        stackSize: Int? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ body: @escaping () throws -> Value
    ) throws -> Greenlet<Value> {
        try admit()
        let greenlet = Greenlet(stackSize: stackSize, file: file, line: line, body)
        insert(greenlet)
        greenlet.start()
        return greenlet
    }

    /// Makes a greenlet that calls `function` with the given arguments, makes it a member, and
    /// starts it.
    ///
    /// > Suspends: When the group is a ``Pool`` that is full.
    ///
    /// - Parameters:
    ///   - function: What it does.
    ///   - first: The first argument.
    ///   - rest: The other arguments.
    ///   - file: Where it is spawned, for reports.
    ///   - line: Where it is spawned, for reports.
    /// - Returns: The greenlet, which runs when its turn comes.
    /// - Throws: What strikes the caller while it waits for room; `InvalidThreadUseError`.
    /// - Complexity: O(1).
    ///
    /// gevent: `spawn(function, *args)`.
    @inlinable @discardableResult
    public final func spawn<First, each Rest, Value>(
        _ function: @escaping (First, repeat each Rest) throws -> Value, _ first: First,
        _ rest: repeat each Rest, file: StaticString = #fileID, line: UInt = #line
    ) throws -> Greenlet<Value> {
        try spawn(file: file, line: line) { try function(first, repeat each rest) }
    }

    /// Takes the place of one more member, waiting for room if need be.
    @usableFromInline
    final func admit() throws {
        try enter()
        try takePlace(block: true, timeout: nil)
    }
}
