// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// What descriptors are ready for, asked of the kernel at once and without a wait.
package enum PollLook {
    /// One descriptor, and the bits of poll(2) that are asked for or that were found.
    package struct Entry: Hashable, Sendable {
        /// The descriptor's number; a negative one is passed over.
        package let number: Int32

        /// The bits, as in `poll.h`.
        package var bits: Int16

        /// A descriptor with its bits.
        package init(number: Int32, bits: Int16) {
            self.number = number
            self.bits = bits
        }
    }

    /// Looks at descriptors of every kind.
    ///
    /// - Returns: Those that are ready, or are no descriptors (`POLLNVAL`), with what they are ready
    ///   for.
    /// - Throws: ``SystemError`` `EINVAL` for more entries than the process may have descriptors.
    ///
    /// Call: `poll` with a time of zero.
    package static func find(_ entries: [Entry]) throws(SystemError) -> [Entry] {
        var polled = entries.map { pollfd(fd: $0.number, events: $0.bits, revents: 0) }
        try Retry.onInterrupt("poll") {
            // SAFETY: the array is lent for the call, which writes into its count of elements only.
            unsafe gv_poll_look(&polled, UInt(polled.count))
        }
        return polled.filter { $0.revents != 0 }
            .map { Entry(number: $0.fd, bits: $0.revents) }
    }
}
