// SPDX-License-Identifier: Apache-2.0

/// A timer as the heap orders it: 16 bytes, four to a cache line.
///
/// The deadline is a copy of the node's, so that sifting reads nodes for equal deadlines only. With
/// 100,000 greenlets asleep each node lies on a page of its own.
@safe
struct TimerEntry {
    let deadline: UInt64

    @unsafe let node: UnsafeMutablePointer<TimerNode>

    /// Whether this one fires first: by deadline, then by order of insertion.
    @inline(__always)
    func precedes(_ other: TimerEntry) -> Bool {
        if deadline != other.deadline { return deadline < other.deadline }
        // SAFETY: the owners of both keep them alive while they are in the heap.
        return unsafe node.pointee.sequence < other.node.pointee.sequence
    }
}

extension TimerEntry {
    /// How far the entries lie behind the cache line that their memory begins with.
    ///
    /// The second entry begins a line, and so the four children of a place, which are `4n + 1` to
    /// `4n + 4`, share one.
    private static let offset = lineByteCount - MemoryLayout<TimerEntry>.stride

    private static let lineByteCount = 64

    /// Room for so many entries.
    static func allocate(capacity: Int) -> UnsafeMutablePointer<TimerEntry> {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: offset + capacity * MemoryLayout<TimerEntry>.stride,
            alignment: lineByteCount)
        return unsafe (memory + offset).bindMemory(to: TimerEntry.self, capacity: capacity)
    }

    /// Gives back what ``allocate(capacity:)`` made.
    static func deallocate(_ entries: UnsafeMutablePointer<TimerEntry>) {
        // SAFETY: the allocation began so many bytes before the first entry.
        unsafe (UnsafeMutableRawPointer(entries) - offset).deallocate()
    }
}
