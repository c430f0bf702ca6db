// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// Waits for descriptors with the events of poll(2).
///
/// gevent: `gevent.select.poll`.
public final class Poll {
    /// What is asked of a descriptor, or found.
    public struct Events: OptionSet, Hashable, Sendable {
        /// The bits as in `poll.h`.
        public let rawValue: Int16

        /// Takes the bits as they are.
        public init(rawValue: Int16) {
            self.rawValue = rawValue
        }

        /// There is something to read (`POLLIN`).
        public static let readable = Events(rawValue: 0x001)

        /// Something urgent has come (`POLLPRI`).
        public static let urgent = Events(rawValue: 0x002)

        /// There is room to write (`POLLOUT`).
        public static let writable = Events(rawValue: 0x004)

        /// An error waits to be fetched; never asked for (`POLLERR`).
        public static let error = Events(rawValue: 0x008)

        /// The other end has gone; never asked for (`POLLHUP`).
        public static let hangup = Events(rawValue: 0x010)

        /// The number is not open; never asked for (`POLLNVAL`).
        public static let invalid = Events(rawValue: 0x020)

        /// The peer will send no more (`POLLRDHUP`).
        public static let peerClosed = Events(rawValue: 0x2000)
    }

    private var entries: [Int32: Events] = [:]

    /// Watches nothing yet.
    public init() {}

    /// Begins to watch a descriptor, or changes what it is watched for.
    ///
    /// gevent: `register`.
    public func register(_ number: Int32, for events: Events = [.readable, .urgent, .writable]) {
        entries[number] = events
    }

    /// Changes what a descriptor is watched for.
    ///
    /// - Throws: `SystemError` `ENOENT` for one that is not registered.
    ///
    /// gevent: `modify`.
    public func modify(_ number: Int32, for events: Events) throws {
        guard entries[number] != nil else { throw SystemError.isNotRegistered(number) }
        entries[number] = events
    }

    /// Ends to watch a descriptor.
    ///
    /// - Throws: `SystemError` `ENOENT` for one that is not registered.
    ///
    /// gevent: `unregister`.
    public func unregister(_ number: Int32) throws {
        guard entries.removeValue(forKey: number) != nil else {
            throw SystemError.isNotRegistered(number)
        }
    }

    /// Waits until a descriptor is ready.
    ///
    /// > Suspends: Always.
    ///
    /// - Parameter timeout: How long to wait; zero only looks, `nil` waits for ever.
    /// - Returns: What is ready, by number; nothing when the time is up. A number that is not open is
    ///   ``Events/invalid``.
    /// - Throws: `SystemError` (`EMFILE`, `EINVAL` for too many); what strikes the greenlet.
    /// - Complexity: O(n) of the descriptors: a ``Selector`` serves many better.
    ///
    /// gevent: `poll`.
    public func poll(timeout: Duration? = nil) throws -> [Int32: Events] {
        let asked = entries.map { PollLook.Entry(number: $0.key, bits: $0.value.rawValue) }
        let found = try PollLook.wait(for: asked, Limit(timeout))
        return Dictionary(
            found.map { ($0.number, Events(rawValue: $0.bits)) }, uniquingKeysWith: { $0.union($1) }
        )
    }
}

extension PollLook {
    /// Waits until one of the descriptors is ready.
    ///
    /// > Suspends: Always.
    ///
    /// - Returns: Those that are ready; none when the time is up.
    static func wait(for entries: [Entry], _ limit: Limit) throws -> [Entry] {
        // Others have their turn, also when something is always ready.
        try sleep(.zero)
        var found = try find(entries)
        if !found.isEmpty || limit.remaining == .zero { return found }
        let list = try WatchedList()
        var merged: [Int32: Int16] = [:]
        for entry in entries where entry.number >= 0 {
            merged[entry.number, default: 0] |= entry.bits
        }
        // The bits of poll and epoll are the same (epoll_ctl(2)).
        for (number, bits) in merged {
            try list.add(number, EpollFlags(rawValue: UInt32(UInt16(bitPattern: bits))))
        }
        while found.isEmpty {
            let isAsked = try list.wait(limit)
            found = try find(entries)
            if !isAsked { break }
            _ = try list.look()
        }
        return found
    }
}
