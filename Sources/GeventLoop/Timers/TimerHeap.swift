// SPDX-License-Identifier: Apache-2.0

/// The timers of one hub, ordered by when they fire; equal deadlines fire in order of insertion.
///
/// A heap with four children a place, over entries of 16 bytes. It belongs to one thread.
@safe
package final class TimerHeap {
    // Unchecked, because each access to it would otherwise be a call into the runtime (10 ns). One
    // thread uses the heap, and no access lasts while code of others runs.
    @exclusivity(unchecked) var table: TimerTable
    private(set) var size = 0
    private var referenced = 0
    private var freeSlot: UInt32 = 0
    private var sequence: UInt32

    private static let smallestCapacity = 256

    /// An empty heap.
    package convenience init() {
        self.init(firstSequence: 0)
    }

    /// An empty heap that counts insertions from a number of a test's choice.
    ///
    /// - Parameter firstSequence: The count wraps after 2³² insertions.
    package init(firstSequence: UInt32) {
        sequence = firstSequence
        unsafe table = TimerTable(capacity: Self.smallestCapacity)
        unsafe table.freeSlots(from: 0)
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
        unsafe table.capacity
    }

    /// When the next timer fires; ``Deadline/distantFuture`` when there is none.
    package var nextDeadline: Deadline {
        // SAFETY: place 0 is filled when the heap is not empty.
        size == 0 ? .distantFuture : unsafe Deadline(nanoseconds: table.entries[0].deadline)
    }

    /// Puts a timer in.
    ///
    /// - Parameter node: Stays alive at its address until it is removed or popped.
    /// - Precondition: The timer is in no heap, and the heap holds fewer than 2³² − 1.
    /// - Complexity: O(log n); O(1) for a timer that fires after most others.
    package func insert(_ node: UnsafeMutablePointer<TimerNode>) {
        // SAFETY: the caller keeps the node alive; slots and places are below the capacity.
        precondition(unsafe !node.pointee.isScheduled, "a timer can be in one heap only, and once")
        if size == capacity { resize(to: size * 2) }
        let slot = freeSlot
        unsafe freeSlot = table.places[Int(slot)]
        unsafe table.nodes[Int(slot)] = node
        unsafe node.pointee.slot = slot
        if unsafe node.pointee.isReferenced { referenced &+= 1 }
        let entry = unsafe TimerEntry(
            deadline: node.pointee.deadline.nanoseconds, sequence: sequence, slot: slot)
        sequence &+= 1
        size &+= 1
        siftUp(entry, from: size &- 1)
    }

    /// Takes a timer out before it fires; does nothing for one that is in no heap.
    ///
    /// - Precondition: The timer is in this heap if it is in one.
    /// - Complexity: O(log n).
    package func remove(_ node: UnsafeMutablePointer<TimerNode>) {
        // SAFETY: the caller keeps the node alive; its slot is in use and names its place.
        guard unsafe node.pointee.isScheduled else { return }
        let slot = unsafe Int(node.pointee.slot)
        precondition(
            unsafe slot < table.capacity && table.nodes[slot] == node,
            "a timer was removed from a heap that it is not in")
        unsafe vacate(Int(table.places[slot]), slot, node)
    }

    /// Takes out the first timer whose time has come.
    ///
    /// - Parameter now: Nanoseconds on the clock that the deadlines are of.
    /// - Returns: `nil` when no time has come. Call until then.
    /// - Complexity: O(log n).
    package func popExpired(now: UInt64) -> UnsafeMutablePointer<TimerNode>? {
        // SAFETY: place 0 is filled when the heap is not empty, and its slot is in use.
        guard unsafe size > 0 && table.entries[0].deadline <= now else { return nil }
        let slot = unsafe table.entries[0].slot
        let node = unsafe table.nodes[slot]
        unsafe vacate(0, slot, node)
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

    /// Empties a place, fills the hole with the last entry and frees the timer's slot.
    @inline(__always)
    private func vacate(_ place: Int, _ slot: Int, _ node: UnsafeMutablePointer<TimerNode>) {
        // SAFETY: the callers found node, slot and place in the table; the last place is filled.
        unsafe node.pointee.slot = TimerNode.noSlot
        if unsafe node.pointee.isReferenced { referenced &-= 1 }
        size &-= 1
        if place != size {
            unsafe refill(place, with: table.entries[size])
        }
        unsafe table.places[slot] = freeSlot
        freeSlot = UInt32(truncatingIfNeeded: slot)
        if size &* 4 < capacity && capacity > Self.smallestCapacity {
            resize(to: capacity / 2)
        }
    }

    /// Moves everything to memory of another size, and the timers to the lowest slots.
    @inline(never)
    private func resize(to capacity: Int) {
        precondition(capacity < Int(TimerNode.noSlot), "there are too many timers for one heap")
        let larger = TimerTable(capacity: capacity)
        for place in 0..<size {
            // SAFETY: both tables have room for `count`; live nodes are kept alive by their owners.
            let entry = unsafe table.entries[place]
            let node = unsafe table.nodes[entry.slot]
            let slot = UInt32(place)
            unsafe larger.entries[place] = entry.moved(to: slot)
            unsafe larger.nodes[place] = node
            unsafe larger.places[place] = slot
            unsafe node.pointee.slot = slot
        }
        larger.freeSlots(from: size)
        freeSlot = UInt32(size)
        unsafe table = larger
    }
}
