// SPDX-License-Identifier: Apache-2.0

/// Gives out the smallest element; among equal ones, the one that came in first.
@frozen public struct HeapStorage<Element: Comparable>: QueueStorage {
    @usableFromInline struct Entry {
        @usableFromInline let element: Element
        @usableFromInline let order: UInt64

        @inlinable init(element: Element, order: UInt64) {
            self.element = element
            self.order = order
        }

        @inlinable func comes(before other: Entry) -> Bool {
            if element < other.element { return true }
            return !(other.element < element) && order < other.order
        }
    }

    @usableFromInline var entries: [Entry]
    @usableFromInline var nextOrder: UInt64

    /// Makes an empty heap.
    @inlinable public init() {
        entries = []
        nextOrder = 0
    }

    /// How many elements there are.
    @inlinable public var count: Int { entries.count }

    /// The smallest element; `nil` if there is none.
    @inlinable public var first: Element? { entries.first?.element }

    /// Puts an element in.
    ///
    /// - Complexity: O(log n).
    @inlinable public mutating func insert(_ element: consuming Element) {
        entries.append(Entry(element: element, order: nextOrder))
        nextOrder &+= 1
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].comes(before: entries[parent]) else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes out the smallest element.
    ///
    /// - Precondition: There is one.
    /// - Complexity: O(log n).
    @inlinable public mutating func remove() -> Element {
        entries.swapAt(0, entries.count - 1)
        let least = entries.removeLast()
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < entries.count && entries[child].comes(before: entries[smallest]) {
                smallest = child
            }
            guard smallest != parent else { return least.element }
            entries.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
