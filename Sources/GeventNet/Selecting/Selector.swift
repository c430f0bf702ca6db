// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// Waits for whichever of many descriptors is ready first.
///
/// For code that is built round such a wait. In code of your own a greenlet for each descriptor reads
/// better, and is faster.
///
/// ```swift
/// let selector = try Selector()
/// try selector.register(number, for: .read)
/// for ready in try selector.select(timeout: .seconds(1)) { handle(ready.number, ready.events) }
/// ```
///
/// It belongs to the hub that made it.
///
/// gevent: `gevent.selectors.GeventSelector`.
public final class Selector {
    /// What a descriptor can be ready for.
    public struct Events: OptionSet, Hashable, Sendable {
        /// One bit for each thing.
        public let rawValue: UInt8

        /// Takes the bits as they are.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// A read would not block: there are bytes, a connection, the end or an error.
        public static let read = Events(rawValue: 1)

        /// A write would not block.
        public static let write = Events(rawValue: 2)
    }

    /// A descriptor that is ready.
    public struct Ready: Hashable, Sendable {
        /// The number it was registered by.
        public let number: Int32

        /// What it is ready for, of what it was registered for.
        public let events: Events
    }

    private var list: WatchedList?
    // Regular files are always ready, and the kernel does not list them.
    private var files: Set<Int32> = []

    /// What is registered, and for what.
    ///
    /// gevent: `get_map`.
    public private(set) var registered: [Int32: Events] = [:]

    /// A selector without descriptors.
    ///
    /// - Throws: `SystemError` `EMFILE`.
    public init() throws { list = try WatchedList() }

    /// Begins to watch a descriptor, which stays the caller's.
    ///
    /// Unregister it before you close it: the number may be another's soon.
    ///
    /// - Throws: `SystemError`: `EEXIST` for one that is registered, `EINVAL` for no events, `EBADF`
    ///   for one that is not open, or once the selector is closed.
    ///
    /// gevent: `register`.
    public func register(_ number: Int32, for events: Events) throws {
        guard let list else { throw SystemError.closed("Selector.register") }
        guard registered[number] == nil else { throw SystemError.isRegistered(number) }
        guard !events.isEmpty else { throw SystemError.noEvents }
        do {
            try list.add(number, events.flags)
        } catch  where error.isAlwaysReady {
            files.insert(number)
        }
        registered[number] = events
    }

    /// Changes what a descriptor is watched for.
    ///
    /// - Throws: `SystemError`: `ENOENT` for one that is not registered, `EINVAL` for no events,
    ///   `EBADF` for one that was closed meanwhile.
    ///
    /// gevent: `modify`.
    public func modify(_ number: Int32, for events: Events) throws {
        guard let list else { throw SystemError.closed("Selector.modify") }
        guard registered[number] != nil else { throw SystemError.isNotRegistered(number) }
        guard !events.isEmpty else { throw SystemError.noEvents }
        if !files.contains(number) { try list.change(number, events.flags) }
        registered[number] = events
    }

    /// Ends to watch a descriptor, which may have been closed.
    ///
    /// - Throws: `SystemError`: `ENOENT` for one that is not registered.
    ///
    /// gevent: `unregister`.
    public func unregister(_ number: Int32) throws {
        guard registered.removeValue(forKey: number) != nil else {
            throw SystemError.isNotRegistered(number)
        }
        if files.remove(number) == nil { list?.remove(number) }
    }

    /// Waits until a descriptor is ready.
    ///
    /// One that stays ready is reported by each call.
    ///
    /// > Suspends: Always.
    ///
    /// - Parameter timeout: How long to wait; zero only looks, `nil` waits for ever.
    /// - Returns: Those that are ready, at most 256 and all regular files; none when the time is up.
    /// - Throws: `SystemError` `EBADF` once closed; `ConcurrentObjectUseError` while another greenlet
    ///   waits here; what strikes the greenlet.
    ///
    /// gevent: `select`.
    public func select(timeout: Duration? = nil) throws -> [Ready] {
        guard let list else { throw SystemError.closed("Selector.select") }
        let limit = Limit(timeout)
        // Others have their turn, also when something is always ready.
        try sleep(.zero)
        while true {
            let ready = try found(on: list)
            if !ready.isEmpty { return ready }
            if try !list.wait(limit) { return try found(on: list) }
            if self.list == nil { throw SystemError.closed("Selector.select") }
        }
    }

    /// Ends it, and leaves the descriptors open; does nothing the second time.
    ///
    /// gevent: `close`.
    public func close() {
        list?.close()
        list = nil
        files = []
        registered = [:]
    }

    private func found(on list: WatchedList) throws -> [Ready] {
        let always = files.compactMap { number in
            registered[number].map { Ready(number: number, events: $0) }
        }
        return try always
            + list.look().compactMap { number, flags in
                guard let asked = registered[number] else { return nil }
                let events = Events(flags).intersection(asked)
                return events.isEmpty ? nil : Ready(number: number, events: events)
            }
    }
}

extension Selector.Events {
    fileprivate init(_ flags: EpollFlags) {
        var events: Selector.Events = []
        // An error or a hang-up concerns both: the next call tells which.
        if !flags.isDisjoint(with: [.readable, .error, .hangup]) { events.insert(.read) }
        if !flags.isDisjoint(with: [.writable, .error, .hangup]) { events.insert(.write) }
        self = events
    }

    fileprivate var flags: EpollFlags {
        var flags: EpollFlags = []
        if contains(.read) { flags.insert(.readable) }
        if contains(.write) { flags.insert(.writable) }
        return flags
    }
}
