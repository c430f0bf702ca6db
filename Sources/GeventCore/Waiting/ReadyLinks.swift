// SPDX-License-Identifier: Apache-2.0

/// The links of one object, in the order in which they were made.
///
/// Kept under the lock of the object; started, and let go of, outside of it.
package struct ReadyLinks {
    private var links: [ReadyLink] = []

    /// No links.
    package init() {}

    /// Whether there are none.
    package var isEmpty: Bool { links.isEmpty }

    /// How many there are.
    package var count: Int { links.count }

    /// Adds one.
    package mutating func add(_ link: ReadyLink) { links.append(link) }

    /// Takes one out, to be let go of; `nil` if it was started already.
    package mutating func remove(_ token: LinkToken) -> ReadyLink? {
        links.firstIndex { $0.token == token }.map { links.remove(at: $0) }
    }

    /// Takes out the first `limit`, to be started.
    package mutating func take(limit: Int = .max) -> [ReadyLink] {
        if links.count <= limit {
            let all = links
            links = []
            return all
        }
        let due = Array(links.prefix(limit))
        links.removeFirst(limit)
        return due
    }
}

extension [ReadyLink] {
    /// Starts all, first to last.
    package func startAll() { for link in self { link.start() } }
}
