// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

/// The members of a group, in the order they were added.
struct GroupMembers {
    private var first: Membership?
    // SAFETY: it is in the list that `first` begins.
    private unowned(unsafe) var last: Membership?
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    var all: [AnyGreenlet] {
        var greenlets: [AnyGreenlet] = []
        greenlets.reserveCapacity(count)
        var rest = first
        while let member = rest {
            if let greenlet = member.greenlet { greenlets.append(greenlet) }
            rest = member.next
        }
        return greenlets
    }

    /// Adds one at the end.
    mutating func append(_ member: Membership) {
        unsafe member.previous = last
        if let last = unsafe last { last.next = member } else { first = member }
        unsafe last = member
        count += 1
    }

    /// Takes one out.
    mutating func remove(_ member: Membership) {
        let next = member.next
        let previous = unsafe member.previous
        if let next { unsafe next.previous = previous } else { unsafe last = previous }
        if let previous { previous.next = next } else { first = next }
        member.next = nil
        unsafe member.previous = nil
        count -= 1
    }

    /// Lets go of all as the group goes, one by one: a long list would go by as deep a recursion.
    mutating func abandonAll() {
        while let member = first {
            first = member.next
            member.next = nil
            member.abandon()
        }
        unsafe last = nil
        count = 0
    }
}
