// SPDX-License-Identifier: Apache-2.0
public import GeventCore

/// The results of many calls, handed over as they come.
///
/// ```swift
/// for result in group.imapUnordered(0..<3, work) { print(try result.get()) }
/// while let value = try results.next() { print(value) }       // the same, without the Result
/// ```
///
/// A call that failed is one failed element; those behind it follow. Letting go of the sequence
/// stops it from beginning more calls, and lets those that run go on.
///
/// It may be gone through once, by the hub that it was made on.
///
/// gevent: what `imap` and `imap_unordered` return.
public final class ResultSequence<Value>: Sequence {
    @usableFromInline let feed: ResultFeed
    private let feeder: AnyGreenlet

    /// Results of the workers that `begin` begins, each a `Greenlet<Value>`.
    @usableFromInline
    init(
        _ feed: ResultFeed, file: StaticString, line: UInt,
        begin: @escaping () throws -> AnyGreenlet?
    ) {
        self.feed = feed
        feeder = spawnRaw(file: file, line: line) { feed.fill(begin) }
    }

    // What was not taken goes with the feed, when the last worker has ended.
    deinit { kill(feeder) }

    /// The next result.
    ///
    /// > Suspends: When it has not come yet.
    ///
    /// - Returns: The result; `nil` at the end.
    /// - Throws: The error of the call, or of the source of the items; what strikes the caller
    ///   while it waits. Going on afterwards is allowed.
    /// - Complexity: O(1).
    ///
    /// gevent: `next`.
    @inlinable
    public func next() throws -> Value? {
        guard let worker = try feed.take() else { return nil }
        return try Self.outcome(of: worker)
    }

    /// Goes through the results that have not been taken.
    public func makeIterator() -> Iterator { Iterator(self) }

    /// Goes through results, each a value or an error.
    public struct Iterator: IteratorProtocol {
        @usableFromInline let results: ResultSequence
        @usableFromInline var isOver = false

        init(_ results: ResultSequence) { self.results = results }

        /// The next result; `nil` at the end.
        ///
        /// An error that strikes the caller while it waits comes as the last element, so that a
        /// loop which passes over failures ends.
        ///
        /// > Suspends: When it has not come yet.
        @inlinable
        public mutating func next() -> Result<Value, any Error>? {
            if isOver { return nil }
            do {
                if let worker = try results.feed.take() {
                    return Result { try ResultSequence.outcome(of: worker) }
                }
            } catch {
                isOver = true
                return .failure(error)
            }
            isOver = true
            return nil
        }
    }

    @inlinable
    static func outcome(of worker: AnyGreenlet) throws -> Value {
        // SAFETY: all workers are begun by `imap` or `imapUnordered`, which say so by their types.
        try unsafe unsafeDowncast(worker, to: Greenlet<Value>.self).get(block: false)
    }
}
