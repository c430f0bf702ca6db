// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

/// The greenlets of a group, in the order they were added.
struct GroupMembers {
    struct Member {
        let greenlet: AnyGreenlet
        let token: LinkToken
        let number: Int
        var isDying = false
    }

    private var table: [ObjectIdentifier: Member] = [:]
    private var added = 0

    var count: Int { table.count }
    var isEmpty: Bool { table.isEmpty }

    var all: [AnyGreenlet] {
        table.values.sorted { $0.number < $1.number }.map(\.greenlet)
    }

    func contains(_ greenlet: AnyGreenlet) -> Bool { table[ObjectIdentifier(greenlet)] != nil }

    mutating func insert(_ greenlet: AnyGreenlet, token: LinkToken) {
        added += 1
        table[ObjectIdentifier(greenlet)] = Member(greenlet: greenlet, token: token, number: added)
    }

    mutating func remove(_ greenlet: AnyGreenlet) -> Member? {
        table.removeValue(forKey: ObjectIdentifier(greenlet))
    }

    /// Notes that `greenlet` is being killed; false if that was noted before, or it is no member.
    mutating func markDying(_ greenlet: AnyGreenlet) -> Bool {
        guard let member = table[ObjectIdentifier(greenlet)], !member.isDying else { return false }
        table[ObjectIdentifier(greenlet)]?.isDying = true
        return true
    }
}
