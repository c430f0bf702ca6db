// SPDX-License-Identifier: Apache-2.0

/// A timer's record, which lives where its owner keeps it: on a waiting greenlet's stack, say.
///
/// The heap holds a pointer to it from ``TimerHeap/insert(_:)`` until it is removed or popped. For
/// that long the record stays alive at its address, and its deadline is not changed.
@safe
package struct TimerNode {
    /// When it fires.
    package var deadline: Deadline

    /// What the owner wants back when it fires.
    @unsafe package var context: UnsafeMutableRawPointer?

    /// Which insertion into its heap it was; decides among equal deadlines.
    var sequence: UInt64 = 0

    /// Where in the heap it stands; `noPlace` while it is in none.
    var place: UInt32 = Self.noPlace

    /// What is to be done when it fires; the heap does not look at it.
    package var kind: UInt32

    /// Whether it keeps the loop alive; changed by ``TimerHeap/setReferenced(_:_:)``.
    package internal(set) var isReferenced: Bool

    static let noPlace = UInt32.max

    /// A timer that is in no heap yet; unreferenced, the loop need not wait for it.
    @safe
    package init(
        deadline: Deadline, context: UnsafeMutableRawPointer? = nil, kind: UInt32 = 0,
        isReferenced: Bool = true
    ) {
        self.deadline = deadline
        unsafe self.context = context
        self.kind = kind
        self.isReferenced = isReferenced
    }

    /// Whether it is in a heap and will fire.
    package var isScheduled: Bool {
        place != Self.noPlace
    }
}
