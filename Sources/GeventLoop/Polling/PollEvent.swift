// SPDX-License-Identifier: Apache-2.0

/// What has happened to a descriptor since it was last reported.
///
/// The bits are the kernel's, with that of `EPOLLRDHUP` moved down, so that none has to be looked at
/// for itself.
package struct Readiness: OptionSet, Hashable, Sendable {
    /// One bit for each thing.
    package let rawValue: UInt8

    /// Takes the bits as they are.
    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// There are bytes, a connection or the end of the stream.
    package static let readable = Readiness(rawValue: 1)

    /// There is room to write.
    package static let writable = Readiness(rawValue: 4)

    /// The peer will send no more.
    package static let peerClosed = Readiness(rawValue: 32)

    /// Both directions have ended.
    package static let hangup = Readiness(rawValue: 16)

    /// An error waits to be fetched.
    package static let error = Readiness(rawValue: 8)

    /// Bytes that jump the queue are among those that have come.
    package static let urgent = Readiness(rawValue: 2)

    /// Whether who waits to read should try again: reading tells what happened.
    @inlinable
    package var concernsReaders: Bool { rawValue & 0b11_1001 != 0 }

    /// Whether the peer was seen to send no more.
    @inlinable
    package var saysPeerHasEnded: Bool { rawValue & 0b11_0000 != 0 }

    /// Whether bytes were seen that jump the queue.
    @inlinable
    package var isUrgent: Bool { rawValue & 0b00_0010 != 0 }

    /// Whether who waits to write should try again: writing tells what happened.
    @inlinable
    package var concernsWriters: Bool { rawValue & 0b01_1100 != 0 }
}

/// One report of a ``Poller``.
@safe
package struct PollEvent {
    /// Which registration it is about.
    package let token: PollToken

    /// What has happened.
    package let readiness: Readiness

    /// What was given with the registration.
    @unsafe package let context: UnsafeMutableRawPointer?
}
