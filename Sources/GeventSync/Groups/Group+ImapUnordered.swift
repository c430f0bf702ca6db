// SPDX-License-Identifier: Apache-2.0
public import GeventCore

extension Group {
    /// Calls `transform` with each item in a member of its own, and hands the results over one by
    /// one, in the order they are finished.
    ///
    /// ```swift
    /// for page in pool.imapUnordered(addresses, download) { print(try page.get().count) }
    /// ```
    ///
    /// Begins when the caller waits next, and goes on while the caller does something else: an
    /// item is taken when there was room in the group for the one before. Letting go of the
    /// sequence ends that.
    ///
    /// - Parameters:
    ///   - items: What to go through; may have no end where there is a limit.
    ///   - maxSize: How many items may be worked on, or wait as results to be taken, ahead of the
    ///     caller; `nil` is no limit but that of the group.
    ///   - file: Where the members are spawned, for reports.
    ///   - line: Where the members are spawned, for reports.
    ///   - transform: Called once for each item. Its error is the result of that item only.
    /// - Returns: The results, in the order they are finished.
    /// - Precondition: `maxSize` is at least 1.
    ///
    /// gevent: `imap_unordered`.
    @inlinable
    public final func imapUnordered<Items: Sequence, Value>(
        _ items: Items, maxSize: Int? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ transform: @escaping (Items.Element) throws -> Value
    ) -> ResultSequence<Value> {
        var iterator = items.makeIterator()
        return imapUnordered(
            pulling: { iterator.next() }, maxSize: maxSize, file: file, line: line, transform)
    }

    /// Calls `function` with each item in a member of its own, and hands the results over one by
    /// one, in the order they are finished.
    ///
    /// - Parameters:
    ///   - function: Called once for each item. Its error is the result of that item only.
    ///   - items: What to go through; may have no end where there is a limit.
    ///   - maxSize: How many items may be worked on, or wait as results to be taken, ahead of the
    ///     caller; `nil` is no limit but that of the group.
    ///   - file: Where the members are spawned, for reports.
    ///   - line: Where the members are spawned, for reports.
    /// - Returns: The results, in the order they are finished.
    /// - Precondition: `maxSize` is at least 1.
    ///
    /// gevent: `imap_unordered`.
    @inlinable
    public final func imapUnordered<Items: Sequence, Value>(
        _ function: @escaping (Items.Element) throws -> Value, _ items: Items,
        maxSize: Int? = nil, file: StaticString = #fileID, line: UInt = #line
    ) -> ResultSequence<Value> {
        imapUnordered(items, maxSize: maxSize, file: file, line: line, function)
    }

    /// Calls `transform` with pairs of items, each in a member of its own, and hands the results
    /// over one by one, in the order they are finished.
    ///
    /// - Parameters:
    ///   - first: Where the first of each pair comes from.
    ///   - second: Where the second of each pair comes from; the shorter one ends both.
    ///   - maxSize: How many items may be worked on, or wait as results to be taken, ahead of the
    ///     caller; `nil` is no limit but that of the group.
    ///   - file: Where the members are spawned, for reports.
    ///   - line: Where the members are spawned, for reports.
    ///   - transform: Called once for each pair. Its error is the result of that pair only.
    /// - Returns: The results, in the order they are finished.
    /// - Precondition: `maxSize` is at least 1.
    ///
    /// gevent: `imap_unordered(function, first, second)`.
    @inlinable
    public final func imapUnordered<First: Sequence, Second: Sequence, Value>(
        _ first: First, _ second: Second, maxSize: Int? = nil, file: StaticString = #fileID,
        line: UInt = #line, _ transform: @escaping (First.Element, Second.Element) throws -> Value
    ) -> ResultSequence<Value> {
        imapUnordered(zip(first, second), maxSize: maxSize, file: file, line: line) {
            try transform($0.0, $0.1)
        }
    }

    /// Calls `transform` with each item that `next` gives, in a member of its own, and hands the
    /// results over one by one, in the order they are finished.
    ///
    /// For items that have to be waited for, or may fail to come.
    ///
    /// - Parameters:
    ///   - next: Called by a greenlet of its own, and may wait; `nil` is the end. Its error ends the
    ///     results, behind those of the items before.
    ///   - maxSize: How many items may be worked on, or wait as results to be taken, ahead of the
    ///     caller; `nil` is no limit but that of the group.
    ///   - file: Where the members are spawned, for reports.
    ///   - line: Where the members are spawned, for reports.
    ///   - transform: Called once for each item. Its error is the result of that item only.
    /// - Returns: The results, in the order they are finished.
    /// - Precondition: `maxSize` is at least 1.
    ///
    /// gevent: `imap_unordered`.
    @inlinable
    public final func imapUnordered<Item, Value>(
        pulling next: @escaping () throws -> Item?, maxSize: Int? = nil,
        file: StaticString = #fileID, line: UInt = #line,
        _ transform: @escaping (Item) throws -> Value
    ) -> ResultSequence<Value> {
        let feed = ResultFeed(isOrdered: false, maxSize: maxSize)
        return ResultSequence(feed, file: file, line: line) { [self] in
            guard let item = try next() else { return nil }
            return try spawn(file: file, line: line) { try transform(item) }
        }
    }
}
