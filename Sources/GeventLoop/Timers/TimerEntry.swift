// SPDX-License-Identifier: Apache-2.0

/// A timer as the heap orders it: 16 bytes, four to a cache line.
///
/// It says all that sifting needs, so that a pop touches no timer's own memory but the popped one's.
struct TimerEntry {
    let deadline: UInt64

    /// The sequence number above, the slot below.
    private let order: UInt64

    init(deadline: UInt64, sequence: UInt32, slot: UInt32) {
        self.deadline = deadline
        order = UInt64(sequence) << 32 | UInt64(slot)
    }

    var slot: Int {
        Int(truncatingIfNeeded: order & 0xffff_ffff)
    }

    /// The same timer at another place of the table.
    func moved(to slot: UInt32) -> TimerEntry {
        TimerEntry(
            deadline: deadline, sequence: UInt32(truncatingIfNeeded: order >> 32), slot: slot)
    }

    /// Whether this one fires first: by deadline, then by order of insertion.
    ///
    /// Sequence numbers wrap, so they are compared by their distance. Two timers with the same
    /// deadline would have to be inserted 2³¹ insertions apart to be confused.
    @inline(__always)
    func precedes(_ other: TimerEntry) -> Bool {
        if deadline != other.deadline { return deadline < other.deadline }
        return Int64(bitPattern: order &- other.order) < 0
    }
}
