// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// The kernel's list of descriptors to watch.
///
/// Call: `epoll`.
package struct Epoll: ~Copyable, Sendable {
    private let descriptor: Descriptor

    /// Opens an empty list.
    ///
    /// - Throws: ``SystemError`` `EMFILE` or `ENFILE` when there is no number left.
    ///
    /// Call: `epoll_create1`.
    package init() throws(SystemError) {
        let number = try Retry.never("epoll_create1") { gv_epoll_open() }
        descriptor = Descriptor(owning: Int32(number))
    }

    /// The list's own number.
    package var number: Int32 {
        descriptor.number
    }

    /// Begins to watch a descriptor, whose events bring the token back.
    ///
    /// - Throws: ``SystemError`` `EPERM` for a regular file or folder, which is always ready;
    ///   `EEXIST` when the open file is on the list under this number; `ENOSPC` at the limit
    ///   `fs.epoll.max_user_watches`.
    ///
    /// Call: `epoll_ctl` with `EPOLL_CTL_ADD`.
    package func add(
        _ fd: Int32, interest: EpollFlags, token: UInt64
    ) throws(SystemError) {
        try Retry.onInterrupt("epoll_ctl") {
            gv_epoll_control(number, EPOLL_CTL_ADD, fd, interest.rawValue, token)
        }
    }

    /// Changes interest and token, and reports what is ready now even if it was reported before.
    ///
    /// - Throws: ``SystemError`` `ENOENT` when the descriptor is not on the list.
    ///
    /// Call: `epoll_ctl` with `EPOLL_CTL_MOD`.
    package func modify(
        _ fd: Int32, interest: EpollFlags, token: UInt64
    ) throws(SystemError) {
        try Retry.onInterrupt("epoll_ctl") {
            gv_epoll_control(number, EPOLL_CTL_MOD, fd, interest.rawValue, token)
        }
    }

    /// Stops watching a descriptor.
    ///
    /// - Throws: ``SystemError`` `ENOENT` when it is not on the list, `EBADF` when it is closed.
    ///
    /// Call: `epoll_ctl` with `EPOLL_CTL_DEL`.
    package func remove(_ fd: Int32) throws(SystemError) {
        try Retry.onInterrupt("epoll_ctl") { gv_epoll_control(number, EPOLL_CTL_DEL, fd, 0, 0) }
    }

    /// Waits until something is ready, the time is up or a signal arrives.
    ///
    /// - Parameters:
    ///   - events: Filled from the front; what lies behind the returned count is old.
    ///   - nanoseconds: How long to wait at most: 0 only looks, `nil` waits for ever. On a kernel
    ///     older than 5.11 it is rounded up to whole milliseconds.
    /// - Returns: How many events there are; 0 also when a signal interrupted.
    /// - Throws: ``SystemError`` `EBADF` or `EINVAL` when the list is not one any more.
    ///
    /// Call: `epoll_pwait2`, `epoll_wait`.
    package func wait(
        into events: borrowing EpollEvents, nanoseconds: UInt64?
    ) throws(SystemError) -> Int {
        try Epoll.eventCount(
            answer: FaultInjection.answer("epoll_wait") { ask(events, nanoseconds) })
    }

    /// How many events an answer of the kernel to a wait stands for; 0 for an interrupted one.
    ///
    /// - Throws: ``SystemError`` for every other failure.
    package static func eventCount(answer: Int) throws(SystemError) -> Int {
        if answer >= 0 { return answer }
        if answer == -Int(EINTR) { return 0 }
        throw SystemError(call: "epoll_wait", answer: answer)
    }

    private func ask(_ events: borrowing EpollEvents, _ nanoseconds: UInt64?) -> Int {
        // SAFETY: `events` owns memory for `capacity` events and is borrowed during the call.
        switch nanoseconds {
        case nil:
            return unsafe gv_epoll_wait_milliseconds(number, events.base, events.capacity, -1)
        case 0:
            return unsafe gv_epoll_wait_milliseconds(number, events.base, events.capacity, 0)
        case .some(let patience) where Epoll.countsNanoseconds:
            return unsafe gv_epoll_wait_nanoseconds(
                number, events.base, events.capacity, min(patience, UInt64(Int64.max)))
        case .some(let patience):
            return unsafe gv_epoll_wait_milliseconds(
                number, events.base, events.capacity, Epoll.milliseconds(patience))
        }
    }

    /// Whether the kernel takes a wait in nanoseconds (Linux 5.11).
    ///
    /// Asked once a process, of a descriptor that does not exist: a kernel that knows the call
    /// complains about the descriptor, an older one or a sandbox about the call.
    package static let countsNanoseconds: Bool =
        gv_epoll_wait_nanoseconds(-1, nil, 1, 0) == -Int(EBADF)

    /// Whole milliseconds, rounded up so that a wait never ends before its time.
    package static func milliseconds(_ nanoseconds: UInt64) -> Int32 {
        let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return Int32(min(whole + (rest > 0 ? 1 : 0), UInt64(Int32.max)))
    }
}

extension SystemError {
    /// Whether a descriptor could not be added because it is on the list (`EEXIST`).
    package var isAlreadyWatched: Bool {
        code == EEXIST
    }

    /// Whether a descriptor could not be changed because it is not on the list (`ENOENT`).
    package var isNotWatched: Bool {
        code == ENOENT
    }

    /// Whether a number means no open file (`EBADF`).
    package var isNotOpen: Bool {
        code == EBADF
    }

    /// The error number of a number that means no open file.
    package static let notOpen: Int32 = EBADF

    /// The error number of an operation that was given up.
    package static let cancelled: Int32 = ECANCELED
}
