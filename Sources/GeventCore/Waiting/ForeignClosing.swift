// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem
internal import Synchronization

/// Tells the waits of all hubs that a number is about to be closed.
package enum ForeignClosing {
    // Waits by the low bits of their numbers, so that the close of a number that nobody waits for costs
    // one load.
    private static let width = 4096
    @safe private final class Counts: Sendable {
        // SAFETY: made once and never given back; each word is atomic.
        nonisolated(unsafe) let words: UnsafeMutablePointer<Atomic<UInt32>>

        init(_ width: Int) {
            unsafe words = .allocate(capacity: width)
            for index in 0..<width { unsafe (words + index).initialize(to: Atomic(0)) }
        }
    }
    private static let counts = Counts(width)
    private static let hubs = Guarded<[HubReference]>([])

    static func add(_ hub: HubReference) {
        hubs.withLock { hubs in
            hubs.removeAll { $0.isClosed }
            hubs.append(hub)
        }
    }

    static func enter(_ number: Int32) {
        unsafe word(number).pointee.add(1, ordering: .sequentiallyConsistent)
    }

    static func leave(_ number: Int32) {
        unsafe word(number).pointee.subtract(1, ordering: .sequentiallyConsistent)
    }

    /// Has whoever waits for a number, in any hub, find it closed; called before the close.
    ///
    /// Another hub is told in its turn.
    ///
    /// - Complexity: O(1) if nobody waits for such a number; else O(n) of the hubs.
    package static func announce(_ number: Int32) {
        guard number >= 0, unsafe word(number).pointee.load(ordering: .sequentiallyConsistent) > 0
        else { return }
        for hub in hubs.withLock({ $0 }) {
            if hub.isHere {
                ForeignWaits.ofThisHub?.close(number)
            } else {
                hub.submit { ForeignWaits.ofThisHub?.close(number) }
            }
        }
    }

    private static func word(_ number: Int32) -> UnsafeMutablePointer<Atomic<UInt32>> {
        unsafe counts.words + Int(number) % width
    }
}
