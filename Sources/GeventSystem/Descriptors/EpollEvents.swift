// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// What is watched for a descriptor, and what happened to it.
///
/// Call: `epoll_ctl`.
package struct EpollFlags: OptionSet, Sendable {
    /// The bits as in `sys/epoll.h`.
    package let rawValue: UInt32

    /// Takes the bits as they are.
    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// There are bytes, a connection or the end of the stream (`EPOLLIN`).
    package static let readable = EpollFlags(rawValue: 0x001)

    /// Bytes that jump the queue have come (`EPOLLPRI`).
    package static let urgent = EpollFlags(rawValue: 0x002)

    /// There is room to write (`EPOLLOUT`).
    package static let writable = EpollFlags(rawValue: 0x004)

    /// An error waits to be fetched; always watched (`EPOLLERR`).
    package static let error = EpollFlags(rawValue: 0x008)

    /// Both directions have ended; always watched (`EPOLLHUP`).
    package static let hangup = EpollFlags(rawValue: 0x010)

    /// The peer will send no more (`EPOLLRDHUP`).
    package static let peerClosed = EpollFlags(rawValue: 0x2000)

    /// Report changes only, not states (`EPOLLET`).
    package static let edgeTriggered = EpollFlags(rawValue: 1 << 31)
}

/// One report of the kernel: which descriptor, and what happened to it.
package struct EpollEvent: Equatable, Sendable {
    /// What was given when the descriptor was added.
    package let token: UInt64

    /// What is ready.
    package let flags: EpollFlags
}

/// The memory that ``Epoll/wait(into:nanoseconds:)`` fills.
///
/// Call: `epoll_wait`.
@safe
package struct EpollEvents: ~Copyable {
    let base: UnsafeMutablePointer<epoll_event>

    let capacity: Int32

    /// Makes room for a number of events.
    ///
    /// - Precondition: `capacity` is positive.
    package init(capacity: Int32) {
        require(capacity > 0, "a list of events needs room for one event at least")
        unsafe base = .allocate(capacity: Int(capacity))
        // SAFETY: the memory was just allocated for so many, and `deinit` gives it back.
        unsafe base.initialize(repeating: epoll_event(), count: Int(capacity))
        self.capacity = capacity
    }

    deinit {
        // SAFETY: a ~Copyable value dies once, and `base` never leaves this file but by a borrow.
        unsafe base.deallocate()
    }

    /// The event at a place below what the last wait returned.
    ///
    /// - Precondition: `index` lies within the capacity.
    package subscript(index: Int) -> EpollEvent {
        require(index >= 0 && index < Int(capacity), "there is no event at this place")
        // SAFETY: the index was checked and every place was initialised by `init`.
        let event = unsafe base + index
        return unsafe EpollEvent(
            token: gv_epoll_event_data(event),
            flags: EpollFlags(rawValue: gv_epoll_event_flags(event)))
    }
}
