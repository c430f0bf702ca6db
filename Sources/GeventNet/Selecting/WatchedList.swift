// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// A list of descriptors that a greenlet can wait for as one.
///
/// The kernel's list is a descriptor too, readable when something on it is ready (epoll(7)): the hub
/// watches that, so the descriptors on it are free to be watched by others as well.
final class WatchedList {
    private let list: Epoll
    private let watch: DescriptorWatch
    private let room = EpollEvents(capacity: 256)

    /// A list without descriptors.
    ///
    /// - Throws: ``SystemError`` `EMFILE`.
    init() throws {
        let list = try Epoll()
        watch = try DescriptorWatch(list.number)
        self.list = list
    }

    deinit {
        // Before the list's number is free.
        watch.close()
    }

    /// Wakes whoever waits, with `EBADF`.
    func close() { watch.close() }

    /// Puts a descriptor on the list.
    ///
    /// - Throws: ``SystemError`` `EPERM` for a regular file, `EBADF`.
    func add(_ number: Int32, _ flags: EpollFlags) throws(SystemError) {
        try list.add(number, interest: flags, token: UInt64(UInt32(bitPattern: number)))
    }

    /// Changes what a descriptor is watched for.
    func change(_ number: Int32, _ flags: EpollFlags) throws(SystemError) {
        try list.modify(number, interest: flags, token: UInt64(UInt32(bitPattern: number)))
    }

    /// Takes a descriptor off the list; nothing to do if it has been closed.
    func remove(_ number: Int32) {
        try? list.remove(number)
    }

    /// What is ready now, up to 256 descriptors.
    func look() throws(SystemError) -> [(number: Int32, flags: EpollFlags)] {
        _ = watch.take(.read)
        let count = try list.wait(into: room, nanoseconds: 0)
        return (0..<count).map { index in
            let event = room[index]
            return (Int32(truncatingIfNeeded: event.token), event.flags)
        }
    }

    /// Waits until a look may find something.
    ///
    /// > Suspends: Unless something has happened since the last look.
    ///
    /// - Returns: False when the time is up.
    func wait(_ limit: Limit) throws -> Bool {
        try watch.wait(for: .read, timeout: limit.remaining)
    }
}
