// SPDX-License-Identifier: Apache-2.0

/// What has happened to a descriptor since it was last reported.
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
    package static let writable = Readiness(rawValue: 2)

    /// The peer will send no more.
    package static let peerClosed = Readiness(rawValue: 4)

    /// Both directions have ended.
    package static let hangup = Readiness(rawValue: 8)

    /// An error waits to be fetched.
    package static let error = Readiness(rawValue: 16)

    /// Bytes that jump the queue are among those that have come.
    package static let urgent = Readiness(rawValue: 32)

    /// Whether who waits to read should try again: reading tells what happened.
    package var concernsReaders: Bool {
        !isDisjoint(with: [.readable, .peerClosed, .hangup, .error])
    }

    /// Whether the peer was seen to send no more.
    ///
    /// Asked here, since another module would make a set of the two at run time, with an allocation.
    package var saysPeerHasEnded: Bool {
        !isDisjoint(with: [.peerClosed, .hangup])
    }

    /// Whether who waits to write should try again: writing tells what happened.
    package var concernsWriters: Bool {
        !isDisjoint(with: [.writable, .hangup, .error])
    }
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
