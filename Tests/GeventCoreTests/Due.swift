// SPDX-License-Identifier: Apache-2.0
import GeventCore

/// Between which two moments something is due: when exactly, only the library knows.
///
/// A thread that loses the processor between two starts changes which of the two is due first. What
/// is compared is therefore what happened with when it was due in fact.
struct Due {
    let earliest: Duration
    let latest: Duration

    /// What is begun by `begin` is due after `delay`.
    init(after delay: Duration, _ begin: () -> Void) {
        let before = Hub.current.now
        begin()
        self.init(after: delay, from: before, to: Hub.current.now)
    }

    /// What was begun between two moments is due after `delay`.
    init(after delay: Duration, from: Duration, to: Duration) {
        earliest = from + delay
        latest = to + delay
    }

    /// Whether none comes before another one that was certainly due earlier.
    static func areInOrder(_ log: [Due]) -> Bool {
        log.indices.allSatisfy { index in
            log[..<index].allSatisfy { $0.earliest <= log[index].latest }
        }
    }
}
