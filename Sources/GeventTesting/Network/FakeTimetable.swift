// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

/// What will happen in a ``FakeNetwork``, and when, by the hub's clock.
///
/// One timer for all of it, so that what is due at the same time happens in the order of its making.
final class FakeTimetable {
    private struct Entry {
        let due: UInt64
        let happen: () -> Void
    }

    private let start = FakeTimetable.clock
    // The next one last.
    private var entries: [Entry] = []
    private var timer: HubTimer?
    private var timerDue: UInt64 = .max

    /// The hub's clock, in nanoseconds.
    private static var clock: UInt64 { Hub.current.now.inNanoseconds }

    /// The time since the network was made, in nanoseconds.
    var now: UInt64 { Self.clock - start }

    /// Has `happen` called by the hub at a time of ``now``, behind all that is due then already.
    func add(at due: UInt64, _ happen: @escaping () -> Void) {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].due > due { low = middle + 1 } else { high = middle }
        }
        // Behind those that are due at the same time: they stand nearer to the end.
        entries.insert(Entry(due: due, happen: happen), at: low)
        wind()
    }

    private func wind() {
        guard let next = entries.last, next.due < timerDue else { return }
        timer?.cancel()
        let timer = HubTimer { [weak self] in self?.fire() }
        self.timer = timer
        timerDue = next.due
        let now = now
        timer.start(after: .nanoseconds(Int64(next.due > now ? next.due - now : 0)))
    }

    private func fire() {
        timerDue = .max
        while let next = entries.last, next.due <= now {
            entries.removeLast()
            next.happen()
        }
        wind()
    }
}
