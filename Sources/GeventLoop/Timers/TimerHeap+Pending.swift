// SPDX-License-Identifier: Apache-2.0

/// A timer that a heap holds, for reports.
@safe package struct PendingTimer {
    /// Which insertion into its heap it was: no other timer of the heap ever has the same.
    package let sequence: UInt64
    /// When it fires.
    package let deadline: Deadline
    /// What is done then, as the owner numbers it.
    package let kind: UInt32
    /// What the owner wants back then.
    @unsafe package let context: UnsafeMutableRawPointer?
}

extension TimerHeap {
    /// The timers in the heap, in no order.
    ///
    /// - Complexity: O(n).
    package var pending: [PendingTimer] {
        (0..<count).map { place in
            // SAFETY: the places below the count are filled, and their owners keep the nodes alive.
            let node = unsafe entries[place].node
            return unsafe PendingTimer(
                sequence: node.pointee.sequence, deadline: node.pointee.deadline,
                kind: node.pointee.kind, context: node.pointee.context)
        }
    }
}
