// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// What a ``Poller`` knows of one descriptor's number.
@safe
struct PollSlot {
    /// Counts the registrations of this number.
    var generation: UInt32 = 0

    var isLive = false

    @unsafe var context: UnsafeMutableRawPointer? = nil
}

/// The slots of a ``Poller``, one for each descriptor's number: the kernel gives out the lowest
/// numbers first, so the table is dense.
///
/// By number and not by a list of its own: when a foreign close freed a number unseen, the next
/// registration of the number finds the old one here and replaces it. A class, so that whoever has
/// one in a property looks at it without a check of the access.
@safe
final class PollTable {
    private var slots: UnsafeMutablePointer<PollSlot>
    private var size = 64

    /// How many numbers there is room for.
    var capacity: Int { size }

    init() {
        // SAFETY: the memory is initialised at once and given back by `deinit`.
        unsafe slots = .allocate(capacity: size)
        unsafe slots.initialize(repeating: PollSlot(), count: size)
    }

    deinit {
        // SAFETY: slots are trivial, and nobody else has the pointer.
        unsafe slots.deallocate()
    }

    /// The slot of a number below the capacity.
    subscript(number: Int32) -> PollSlot {
        get {
            require(number >= 0 && Int(number) < capacity, "the poller has no such descriptor")
            // SAFETY: the number was checked against the capacity.
            return unsafe slots[Int(number)]
        }
        set {
            require(number >= 0 && Int(number) < capacity, "the poller has no such descriptor")
            // SAFETY: the number was checked against the capacity.
            unsafe slots[Int(number)] = newValue
        }
    }

    /// Whether a token is that of a live registration.
    @inline(__always)
    func holds(_ token: PollToken) -> Bool {
        guard token.number >= 0 && Int(token.number) < capacity else { return false }
        let slot = self[token.number]
        return slot.isLive && slot.generation == token.generation
    }

    /// Makes room for a number.
    func reserve(_ number: Int32) {
        require(number >= 0, "a descriptor's number is never negative")
        if Int(number) < capacity { return }
        let larger = max(capacity * 2, Int(number) + 1)
        // SAFETY: every slot of the new memory is initialised before the old memory goes.
        let moved = UnsafeMutablePointer<PollSlot>.allocate(capacity: larger)
        unsafe moved.moveInitialize(from: slots, count: capacity)
        unsafe (moved + capacity).initialize(repeating: PollSlot(), count: larger - capacity)
        unsafe slots.deallocate()
        unsafe slots = moved
        size = larger
    }
}
