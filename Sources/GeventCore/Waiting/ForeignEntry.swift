// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// One descriptor that a ``ForeignWaits`` wait is about, on the stack of the greenlet that waits.
@safe struct ForeignEntry {
    @unsafe var next: UnsafeMutablePointer<ForeignEntry>?
    @unsafe var previous: UnsafeMutablePointer<ForeignEntry>?
    /// The wait, once the greenlet is about to park.
    @unsafe var waiter: UnsafeMutablePointer<gv_waiter>?
    let number: Int32
    let events: EventBits
    /// Whether another greenlet has closed the number meanwhile.
    var isClosed = false

    init(number: Int32, events: EventBits) {
        unsafe (next, previous, waiter) = (nil, nil, nil)
        self.number = number
        self.events = events
    }

    /// Whether nobody has ended the wait yet; it may be about to begin.
    var isWaiting: Bool {
        guard let waiter = unsafe waiter else { return true }
        return unsafe gv_waiter_state(waiter) == UInt32(GV_WAITING)
    }

    /// Ends the wait, unless somebody else has.
    func wake() {
        guard let waiter = unsafe waiter, unsafe gv_claim(waiter, UInt32(GV_WOKEN)) else { return }
        unsafe gv_wake(waiter.pointee.greenlet)
    }
}

/// Events as poll(2) and epoll(7) both have them.
struct EventBits: OptionSet {
    let rawValue: UInt32

    /// What may be asked for: all of poll.h's but `POLLNVAL`, which no file ever has.
    static let askable = EventBits(rawValue: 0x27C7)
    /// What is told unasked: errors and hang-ups.
    static let unasked = EventBits(rawValue: 0x018)
}

/// What a hub knows of a number that others' code waits for.
@safe struct ForeignSlot {
    /// Counts how often the number was put on the kernel's list: events of an earlier file are dropped.
    var generation: UInt32 = 0
    /// Those who wait for it.
    @unsafe private(set) var first: UnsafeMutablePointer<ForeignEntry>? = nil

    mutating func link(_ entry: UnsafeMutablePointer<ForeignEntry>) {
        unsafe entry.pointee.next = first
        unsafe first?.pointee.previous = entry
        unsafe first = entry
    }

    mutating func unlink(_ entry: UnsafeMutablePointer<ForeignEntry>) {
        let (next, previous) = unsafe (entry.pointee.next, entry.pointee.previous)
        unsafe next?.pointee.previous = previous
        if let previous = unsafe previous {
            unsafe previous.pointee.next = next
        } else {
            unsafe first = next
        }
    }

    /// Calls `body` with each entry.
    func forEach(_ body: (UnsafeMutablePointer<ForeignEntry>) -> Void) {
        var entry = unsafe first
        while let here = unsafe entry {
            unsafe entry = here.pointee.next
            unsafe body(here)
        }
    }

    /// What those who still wait ask for.
    var wanted: EventBits {
        var events: EventBits = []
        unsafe forEach { entry in
            if unsafe entry.pointee.isWaiting { unsafe events.formUnion(entry.pointee.events) }
        }
        return events
    }
}
