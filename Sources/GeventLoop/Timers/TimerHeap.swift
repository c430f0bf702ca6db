// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// The timers of one hub, ordered by when they fire; equal deadlines fire in order of insertion.
///
/// A heap with four children a place, over entries of 16 bytes. It belongs to one thread.
@safe
package final class TimerHeap {
    var entries: UnsafeMutablePointer<TimerEntry>
    private(set) var size = 0
    private var room = smallestCapacity
    private var referenced = 0
    private var insertions: UInt64 = 0

    private static let smallestCapacity = 256

    /// An empty heap.
    package init() {
        unsafe entries = TimerEntry.allocate(capacity: Self.smallestCapacity)
    }

    deinit {
        // SAFETY: entries are trivial, and nobody else has the pointer.
        unsafe TimerEntry.deallocate(entries)
    }

    /// How many timers are in the heap.
    package var count: Int {
        size
    }

    /// How many of them keep the loop alive.
    package var referencedCount: Int {
        referenced
    }

    /// How many timers there is room for without new memory.
    package var capacity: Int {
        room
    }

    /// When the next timer fires; ``Deadline/distantFuture`` when there is none.
    package var nextDeadline: Deadline {
        // SAFETY: place 0 is filled when the heap is not empty.
        size == 0 ? .distantFuture : unsafe Deadline(nanoseconds: entries[0].deadline)
    }

    /// Puts a timer in.
    ///
    /// - Parameter node: Stays alive at its address until it is removed or popped.
    /// - Precondition: The timer is in no heap, and the heap holds fewer than 2³² − 1.
    /// - Complexity: O(log n); O(1) for a timer that fires after most others.
    package func insert(_ node: UnsafeMutablePointer<TimerNode>) {
        // SAFETY: the caller keeps the node alive.
        require(unsafe !node.pointee.isScheduled, "a timer can be in one heap only, and once")
        if size == room { resize(to: room * 2) }
        unsafe node.pointee.sequence = insertions
        insertions &+= 1
        if unsafe node.pointee.isReferenced { referenced &+= 1 }
        size &+= 1
        let deadline = unsafe node.pointee.deadline.nanoseconds
        unsafe siftUp(TimerEntry(deadline: deadline, node: node), from: size &- 1)
    }

    /// Takes a timer out before it fires; does nothing for one that is in no heap.
    ///
    /// - Precondition: The timer is in this heap if it is in one.
    /// - Complexity: O(log n).
    package func remove(_ node: UnsafeMutablePointer<TimerNode>) {
        // SAFETY: the caller keeps the node alive; the place is checked before it is looked at.
        guard unsafe node.pointee.isScheduled else { return }
        let place = unsafe Int(node.pointee.place)
        require(
            unsafe place < size && entries[place].node == node,
            "a timer was removed from a heap that it is not in")
        unsafe vacate(place, node)
    }

    /// Takes out the first timer whose time has come.
    ///
    /// - Parameter now: Nanoseconds on the clock that the deadlines are of.
    /// - Returns: `nil` when no time has come. Call until then.
    /// - Complexity: O(log n).
    package func popExpired(now: UInt64) -> UnsafeMutablePointer<TimerNode>? {
        // SAFETY: place 0 is filled when the heap is not empty.
        guard unsafe size > 0 && entries[0].deadline <= now else { return nil }
        let node = unsafe entries[0].node
        unsafe vacate(0, node)
        return unsafe node
    }

    /// Says whether a timer keeps the loop alive, in a heap or not.
    ///
    /// - Precondition: The timer is in this heap if it is in one.
    package func setReferenced(_ isReferenced: Bool, _ node: UnsafeMutablePointer<TimerNode>) {
        // SAFETY: the caller keeps the node alive.
        guard unsafe node.pointee.isReferenced != isReferenced else { return }
        unsafe node.pointee.isReferenced = isReferenced
        if unsafe node.pointee.isScheduled { referenced += isReferenced ? 1 : -1 }
    }

    /// Takes a timer out of its place and fills the hole with the last entry.
    @inline(__always)
    private func vacate(_ place: Int, _ node: UnsafeMutablePointer<TimerNode>) {
        // SAFETY: the callers found the node at the place, which is filled; so is the last one.
        unsafe node.pointee.place = TimerNode.noPlace
        if unsafe node.pointee.isReferenced { referenced &-= 1 }
        size &-= 1
        if place != size { unsafe refill(place, with: entries[size]) }
        if size &* 4 < room && room > Self.smallestCapacity { resize(to: room / 2) }
    }

    @inline(never)
    private func resize(to capacity: Int) {
        require(capacity < Int(TimerNode.noPlace), "there are too many timers for one heap")
        // SAFETY: both have room for `size` entries, and the old memory is not used again.
        let moved = unsafe TimerEntry.allocate(capacity: capacity)
        unsafe moved.moveInitialize(from: entries, count: size)
        unsafe TimerEntry.deallocate(entries)
        unsafe entries = moved
        room = capacity
    }
}
