// SPDX-License-Identifier: Apache-2.0
public import GeventCore

extension Group {
    /// Runs `body` in a member of its own, and waits for what it returns.
    ///
    /// Called by a member of this very group it runs `body` in place, since the caller has a place
    /// already and waiting for a second one might be for ever.
    ///
    /// > Suspends: Unless the caller is a member.
    ///
    /// - Parameters:
    ///   - file: Where it is spawned, for reports.
    ///   - line: Where it is spawned, for reports.
    ///   - body: What it does.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; what strikes the caller while it waits, in which case the
    ///   member goes on; `InvalidThreadUseError`.
    ///
    /// gevent: `apply`.
    @inlinable
    public final func apply<Value>(
        file: StaticString = #fileID, line: UInt = #line, _ body: @escaping () throws -> Value
    ) throws -> Value {
        if try isMemberRunning() { return try body() }
        return try spawn(file: file, line: line, body).get()
    }

    /// Calls `function` with the given arguments in a member of its own, and waits for what it
    /// returns.
    ///
    /// > Suspends: Unless the caller is a member.
    ///
    /// - Parameters:
    ///   - function: What it does.
    ///   - first: The first argument.
    ///   - rest: The other arguments.
    ///   - file: Where it is spawned, for reports.
    ///   - line: Where it is spawned, for reports.
    /// - Returns: What `function` returns.
    /// - Throws: What `function` throws; what strikes the caller while it waits;
    ///   `InvalidThreadUseError`.
    ///
    /// gevent: `apply(function, args)`.
    @inlinable
    public final func apply<First, each Rest, Value>(
        _ function: @escaping (First, repeat each Rest) throws -> Value, _ first: First,
        _ rest: repeat each Rest, file: StaticString = #fileID, line: UInt = #line
    ) throws -> Value {
        try apply(file: file, line: line) { try function(first, repeat each rest) }
    }

    /// Runs `body` as ``apply(file:line:_:)``, and has `callback` called with what it returned.
    ///
    /// > Suspends: Unless the caller is a member.
    ///
    /// - Parameters:
    ///   - file: Where it is spawned, for reports.
    ///   - line: Where it is spawned, for reports.
    ///   - body: What it does.
    ///   - callback: Called in a greenlet of its own, which is no member; not after an error.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; what strikes the caller while it waits;
    ///   `InvalidThreadUseError`.
    ///
    /// gevent: `apply_cb`.
    @inlinable @discardableResult
    public final func applyCallback<Value>(
        file: StaticString = #fileID, line: UInt = #line, _ body: @escaping () throws -> Value,
        callback: @escaping (Value) throws -> Void
    ) throws -> Value {
        let value = try apply(file: file, line: line, body)
        spawnRaw(file: file, line: line) { try callback(value) }
        return value
    }

    /// Runs `body` in a member of its own, and does not wait.
    ///
    /// Where there is no room, another greenlet, which is no member, waits for it. So `join` does
    /// not wait for all that was begun by this.
    ///
    /// - Parameters:
    ///   - file: Where it is spawned, for reports.
    ///   - line: Where it is spawned, for reports.
    ///   - body: What it does.
    ///   - callback: Called with what `body` returned, in a greenlet of its own, which is no
    ///     member; not after an error. `nil` calls nothing.
    /// - Returns: A greenlet whose value is that of `body`.
    /// - Throws: `InvalidThreadUseError`.
    ///
    /// gevent: `apply_async`.
    @inlinable @discardableResult
    public final func applyAsync<Value>(
        file: StaticString = #fileID, line: UInt = #line, _ body: @escaping () throws -> Value,
        callback: ((Value) throws -> Void)? = nil
    ) throws -> Greenlet<Value> {
        try enter()
        if isFull {
            return GeventCore.spawn(file: file, line: line) { [self] in
                guard let callback else { return try apply(file: file, line: line, body) }
                return try applyCallback(file: file, line: line, body, callback: callback)
            }
        }
        let greenlet = try spawn(file: file, line: line, body)
        if let callback {
            greenlet.linkValue { ended in
                if let value = ended.value { try callback(value) }
            }
        }
        return greenlet
    }
    /// Whether the caller is a member.
    @usableFromInline
    final func isMemberRunning() throws -> Bool {
        try enter()
        return Membership.of(.current, in: self) != nil
    }
}
