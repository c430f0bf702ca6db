// SPDX-License-Identifier: Apache-2.0

/// Gives out the element that came in last.
@frozen public struct StackStorage<Element>: QueueStorage {
    @usableFromInline var elements: [Element]

    /// Makes an empty stack.
    @inlinable public init() { elements = [] }

    /// How many elements there are.
    @inlinable public var count: Int { elements.count }

    /// The element that came in last; `nil` if there is none.
    @inlinable public var first: Element? { elements.last }

    /// Puts an element on top.
    ///
    /// - Complexity: O(1) on average.
    @inlinable public mutating func insert(_ element: consuming Element) {
        elements.append(element)
    }

    /// Takes the element from the top.
    ///
    /// - Precondition: There is one.
    @inlinable public mutating func remove() -> Element { elements.removeLast() }
}
