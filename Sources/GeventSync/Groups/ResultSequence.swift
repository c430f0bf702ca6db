// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

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
    private let feed: ResultFeed<Value>
    private let feeder: Greenlet<Void>

    init(
        _ feed: ResultFeed<Value>, file: StaticString, line: UInt, fill: @escaping () -> Void
    ) {
        self.feed = feed
        feeder = GeventCore.spawn(file: file, line: line, fill)
    }

    deinit {
        feed.abandon()
        kill(feeder)
    }

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
    public func next() throws -> Value? { try feed.take()?.get() }

    /// Goes through the results that have not been taken.
    public func makeIterator() -> Iterator { Iterator(self) }

    /// Goes through results, each a value or an error.
    public struct Iterator: IteratorProtocol {
        private let results: ResultSequence
        private var isOver = false

        init(_ results: ResultSequence) { self.results = results }

        /// The next result; `nil` at the end.
        ///
        /// An error that strikes the caller while it waits comes as the last element, so that a
        /// loop which passes over failures ends.
        ///
        /// > Suspends: When it has not come yet.
        public mutating func next() -> Result<Value, any Error>? {
            if isOver { return nil }
            do {
                let result = try results.feed.take()
                isOver = result == nil
                return result
            } catch {
                isOver = true
                return .failure(error)
            }
        }
    }
}
