// SPDX-License-Identifier: Apache-2.0

/// Links from a primitive to whoever wants to know that it is ready.
///
/// Kept by the primitive under its own lock.
package struct ReadyLinks {
    private struct Entry {
        let token: LinkToken
        let hub: HubReference
        let call: () -> Void
    }

    private var entries: [Entry] = []
    private var made: UInt64 = 0

    /// No links.
    package init() {}

    /// Whether there are none.
    package var isEmpty: Bool { entries.isEmpty }

    /// How many there are.
    package var count: Int { entries.count }

    /// Adds a link, to be called by `hub`.
    package mutating func add(for hub: HubReference, _ call: @escaping () -> Void) -> LinkToken {
        made += 1
        let token = LinkToken(number: made)
        entries.append(Entry(token: token, hub: hub, call: call))
        return token
    }

    /// Takes a link back.
    package mutating func remove(_ token: LinkToken) { entries.removeAll { $0.token == token } }

    /// Has up to `limit` links called by their hubs, first to last, and forgets them.
    package mutating func notify(limit: Int = .max) {
        guard !entries.isEmpty else { return }
        let due = entries.prefix(limit)
        for entry in due { entry.hub.run(entry.call) }
        entries.removeFirst(due.count)
    }
}
