// SPDX-License-Identifier: Apache-2.0

/// Where a queue keeps its elements, and in which order it gives them out.
///
/// A kind of queue of your own is a storage of your own: ``BlockingQueue`` does the waiting. It is
/// called under the queue's lock, so it must neither wait nor call out.
///
/// gevent: the `_init`, `_put`, `_get`, `_peek` and `_qsize` of a subclass of `Queue`.
public protocol QueueStorage: ~Copyable {
    /// What is kept.
    associatedtype Element

    /// Makes an empty storage.
    init()

    /// How many elements there are.
    var count: Int { get }

    /// The element that comes out next; `nil` if there is none.
    var first: Element? { get }

    /// Puts an element in.
    mutating func insert(_ element: consuming Element)

    /// Takes out the element that is next.
    ///
    /// - Precondition: There is one.
    mutating func remove() -> Element
}
