// SPDX-License-Identifier: Apache-2.0

/// The links of one object, in the order in which they were made.
///
/// Kept under the lock of the object; started, and let go of, outside of it.
package struct ReadyLinks {
    // In the order of the serials, by which a link is found. One that was taken out leaves its place
    // empty: moving all behind it each time would make it quadratic that many leave.
    private var places: [(serial: UInt64, link: ReadyLink?)] = []
    // No place before it has a link.
    private var first = 0
    private var lastSerial: UInt64 = 0

    /// How many there are.
    package private(set) var count = 0

    /// No links.
    package init() {}

    /// Whether there are none.
    package var isEmpty: Bool { count == 0 }

    /// Adds one.
    package mutating func add(_ link: ReadyLink) {
        lastSerial += 1
        link.token.serial = lastSerial
        places.append((lastSerial, link))
        count += 1
    }

    /// Takes one out, to be let go of; `nil` if it was started already.
    package mutating func remove(_ token: LinkToken) -> ReadyLink? {
        guard let index = place(of: token) else { return nil }
        let link = empty(index)
        close()
        return link
    }

    /// Takes out the first `limit`, to be started.
    package mutating func take(limit: Int = .max) -> [ReadyLink] {
        if count <= limit {
            let all = places[first...].compactMap { $0.link }
            (places, first, count) = ([], 0, 0)
            return all
        }
        var due: [ReadyLink] = []
        while due.count < limit {
            if let link = empty(first) { due.append(link) }
            first += 1
        }
        close()
        return due
    }

    /// Where the link of `token` is, by halves.
    private func place(of token: LinkToken) -> Int? {
        let serial = token.serial
        var low = first
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle].serial < serial { low = middle + 1 } else { high = middle }
        }
        // A token of another object's may have the same serial.
        guard low < places.count, places[low].link?.token == token else { return nil }
        return low
    }

    private mutating func empty(_ index: Int) -> ReadyLink? {
        guard let link = places[index].link else { return nil }
        places[index].link = nil
        count -= 1
        return link
    }

    /// Has no more empty places than links, but for a few.
    private mutating func close() {
        guard places.count - count > count + 8 else { return }
        places.removeAll { $0.link == nil }
        first = 0
    }
}

extension [ReadyLink] {
    /// Starts all, first to last.
    package func startAll() { for link in self { link.start() } }
}
