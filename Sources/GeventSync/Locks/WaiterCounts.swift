// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

// How many stand in line, greenlets and threads, for tests and reports.

extension Semaphore {
    /// How many wait for a place.
    package var waiterCount: Int { line.waiterCount }
}

extension BoundedSemaphore {
    /// How many wait for a place.
    package var waiterCount: Int { semaphore.waiterCount }

    /// How many links there are that were not started.
    package var linkCount: Int { semaphore.linkCount }
}

extension RLock {
    /// How many wait to hold it.
    package var waiterCount: Int { line.waiterCount }
}

extension Condition {
    /// How many wait to be told.
    package var waiterCount: Int { line.waiterCount }
}
