// SPDX-License-Identifier: Apache-2.0
public import GeventCore

extension Group {
    /// Calls `transform` with each item in a member of its own, and waits for all results.
    ///
    /// ```swift
    /// let sizes = try group.map(addresses) { try download($0).count }
    /// ```
    ///
    /// A member of a full ``Pool`` must not call it for that pool: it would wait for its own place.
    ///
    /// > Suspends: When there are items.
    ///
    /// - Parameters:
    ///   - items: What to go through.
    ///   - file: Where the members are spawned, for reports.
    ///   - line: Where the members are spawned, for reports.
    ///   - transform: Called once for each item.
    /// - Returns: The results in the order of the items.
    /// - Throws: The error of the first item, in their order, that failed, while the others go on;
    ///   what strikes the caller while it waits; `InvalidThreadUseError`.
    /// - Complexity: O(n).
    ///
    /// gevent: `map`.
    @inlinable
    public final func map<Items: Sequence, Value>(
        _ items: Items, file: StaticString = #fileID, line: UInt = #line,
        _ transform: @escaping (Items.Element) throws -> Value
    ) throws -> [Value] {
        try enter()
        var workers: [Greenlet<Value>] = []
        workers.reserveCapacity(items.underestimatedCount)
        for item in items {
            workers.append(try spawn(file: file, line: line) { try transform(item) })
        }
        return try workers.map { try $0.get() }
    }

    /// Calls `function` with each item in a member of its own, and waits for all results.
    ///
    /// > Suspends: When there are items.
    ///
    /// - Parameters:
    ///   - function: Called once for each item.
    ///   - items: What to go through.
    ///   - file: Where the members are spawned, for reports.
    ///   - line: Where the members are spawned, for reports.
    /// - Returns: The results in the order of the items.
    /// - Throws: The error of the first item, in their order, that failed, while the others go on;
    ///   what strikes the caller while it waits; `InvalidThreadUseError`.
    ///
    /// gevent: `map`.
    @inlinable
    public final func map<Items: Sequence, Value>(
        _ function: @escaping (Items.Element) throws -> Value, _ items: Items,
        file: StaticString = #fileID, line: UInt = #line
    ) throws -> [Value] {
        try map(items, file: file, line: line, function)
    }

    /// Does as ``map(_:file:line:_:)``, and calls `callback` with the results.
    ///
    /// > Suspends: When there are items.
    ///
    /// - Parameters:
    ///   - items: What to go through.
    ///   - file: Where the members are spawned, for reports.
    ///   - line: Where the members are spawned, for reports.
    ///   - transform: Called once for each item.
    ///   - callback: Called in place, unless an item failed.
    /// - Returns: The results in the order of the items.
    /// - Throws: What `map` throws, and what `callback` throws.
    ///
    /// gevent: `map_cb`.
    @inlinable @discardableResult
    public final func mapCallback<Items: Sequence, Value>(
        _ items: Items, file: StaticString = #fileID, line: UInt = #line,
        _ transform: @escaping (Items.Element) throws -> Value,
        callback: ([Value]) throws -> Void
    ) throws -> [Value] {
        let values = try map(items, file: file, line: line, transform)
        try callback(values)
        return values
    }

    /// Does as ``map(_:file:line:_:)`` in a greenlet, which is no member, and does not wait.
    ///
    /// - Parameters:
    ///   - items: What to go through.
    ///   - file: Where the greenlets are spawned, for reports.
    ///   - line: Where the greenlets are spawned, for reports.
    ///   - transform: Called once for each item.
    ///   - callback: Called with the results, unless an item failed; `nil` calls nothing.
    /// - Returns: A greenlet whose value is the results in the order of the items.
    ///
    /// gevent: `map_async`.
    @inlinable @discardableResult
    public final func mapAsync<Items: Sequence, Value>(
        _ items: Items, file: StaticString = #fileID, line: UInt = #line,
        _ transform: @escaping (Items.Element) throws -> Value,
        callback: (([Value]) throws -> Void)? = nil
    ) -> Greenlet<[Value]> {
        GeventCore.spawn(file: file, line: line) { [self] in
            let values = try map(items, file: file, line: line, transform)
            if let callback { try callback(values) }
            return values
        }
    }
}
