// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync

extension Semaphore {
    /// How many links there are that were not called, by a look at what the semaphore is made of: it
    /// does not tell by itself.
    var linkCount: Int {
        guard let links = Mirror(reflecting: self).descendant("links") as? ReadyLinks else {
            preconditionFailure("a semaphore keeps its links in another place now")
        }
        return links.count
    }
}

extension BoundedSemaphore {
    /// How many links there are that were not called.
    var linkCount: Int {
        guard let inner = Mirror(reflecting: self).descendant("semaphore") as? Semaphore else {
            preconditionFailure("a bounded semaphore is made of something else now")
        }
        return inner.linkCount
    }
}
