// SPDX-License-Identifier: Apache-2.0

/// Gives elements out in the order they came in.
///
/// A ring in memory of its own, whose size is a power of two; it grows, and does not shrink.
@safe @frozen public struct RingStorage<Element>: QueueStorage, ~Copyable {
    @usableFromInline var elements: UnsafeMutablePointer<Element>
    @usableFromInline var mask: Int
    @usableFromInline var head: Int

    /// How many elements there are.
    public var count: Int

    /// Makes an empty ring.
    @inlinable public init() {
        unsafe elements = .allocate(capacity: 8)
        mask = 7
        head = 0
        count = 0
    }

    @inlinable deinit {
        // SAFETY: the `count` places from `head` on are filled, and no others.
        for index in 0..<count {
            unsafe (elements + ((head &+ index) & mask)).deinitialize(count: 1)
        }
        unsafe elements.deallocate()
    }

    /// The element that came in first; `nil` if there is none.
    @inlinable public var first: Element? { count == 0 ? nil : unsafe elements[head & mask] }

    /// Puts an element in at the end.
    ///
    /// - Complexity: O(1), but for growing.
    @inlinable @inline(__always)
    public mutating func insert(_ element: consuming Element) {
        if count > mask { grow() }
        // SAFETY: there is room, so this place is empty.
        unsafe (elements + ((head &+ count) & mask)).initialize(to: element)
        count &+= 1
    }

    /// Takes out the element that came in first.
    ///
    /// - Precondition: There is one.
    /// - Complexity: O(1).
    @inlinable @inline(__always)
    public mutating func remove() -> Element {
        let place = head & mask
        head = place &+ 1
        count &-= 1
        // SAFETY: the caller has seen that there is an element, and `head` names the first.
        return unsafe (elements + place).move()
    }

    @inlinable
    func copy() -> RingStorage {
        var copy = RingStorage()
        // SAFETY: the `count` places from `head` on are filled.
        for index in 0..<count { unsafe copy.insert(elements[(head &+ index) & mask]) }
        return copy
    }

    @inlinable @inline(never)
    mutating func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: (mask + 1) * 2)
        for index in 0..<count {
            unsafe (larger + index).moveInitialize(
                from: elements + ((head &+ index) & mask), count: 1)
        }
        unsafe elements.deallocate()
        unsafe elements = larger
        mask = mask * 2 + 1
        head = 0
    }
}
