// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
public import GeventCore
internal import Synchronization

/// Greenlets that are waited for, or killed, together.
///
/// ```swift
/// let group = Group()
/// try group.add(spawn(talk, "bar"))
/// try group.spawn(talk, "foo")
/// try group.join()
/// ```
///
/// Members leave by themselves when they end. A ``Pool`` is a group that has room for so many.
///
/// A group belongs to the hub of the thread that uses it first. What throws refuses the use from
/// another thread with `InvalidThreadUseError`, what does not throw traps.
///
/// gevent: `gevent.pool.Group`.
@safe public class Group: @unchecked Sendable {
    // SAFETY: everything but `home` is touched on the hub's own thread only, and each way in asks
    // `home` first.
    final let home = Atomic<UInt64>(0)
    final let emptied = WaitList()
    final var members = GroupMembers()
    // Those that have ended, and leave in the hub's turn.
    final var ended: [Membership] = []

    /// Makes a group without members.
    public init() {}

    deinit { members.abandonAll() }

    /// Makes a group with these members.
    ///
    /// - Throws: `InvalidThreadUseError` if they are of another hub.
    ///
    /// gevent: `Group(greenlets)`.
    public convenience init(_ greenlets: some Sequence<AnyGreenlet>) throws {
        self.init()
        for greenlet in greenlets { try add(greenlet) }
    }

    /// Whether the next member has to wait for room; a plain group never is.
    ///
    /// gevent: `full()`.
    public var isFull: Bool { false }

    /// Waits until there is room; in a plain group there always is.
    ///
    /// > Suspends: When the group is a ``Pool`` that is full.
    ///
    /// - Parameter timeout: How long to wait; `nil` waits for ever.
    /// - Returns: How many may come in; 0 if the time ran out first, 1 if there is no limit.
    /// - Throws: What strikes the caller while it waits; `InvalidThreadUseError`.
    ///
    /// gevent: `wait_available`.
    public func waitAvailable(timeout: Duration? = nil) throws -> Int {
        try enter()
        return 1
    }

    /// Makes `greenlet` a member; it may have been started, and even have ended, before.
    ///
    /// Does nothing if it is a member already.
    ///
    /// > Suspends: When the group is a ``Pool`` that is full, and `block` is true.
    ///
    /// - Parameters:
    ///   - greenlet: The new member, of the same hub.
    ///   - block: False does not wait for room.
    ///   - timeout: How long to wait for room; `nil` waits for ever.
    /// - Throws: ``PoolFull`` if there was no room in time; what strikes the caller while it waits;
    ///   `InvalidThreadUseError`. It is not a member then.
    /// - Complexity: O(1).
    ///
    /// gevent: `add`.
    public final func add(
        _ greenlet: AnyGreenlet, block: Bool = true, timeout: Duration? = nil
    ) throws {
        try enter()
        guard greenlet.isOfThisHub else { throw InvalidThreadUseError(foreignUse(greenlet)) }
        if Membership.of(greenlet, in: self) != nil { return }
        try takePlace(block: block, timeout: timeout)
        insert(greenlet)
    }

    /// Makes `greenlet` a member and starts it.
    ///
    /// > Suspends: When the group is a ``Pool`` that is full, and `block` is true.
    ///
    /// - Parameters:
    ///   - greenlet: One that was not started.
    ///   - block: False does not wait for room.
    ///   - timeout: How long to wait for room; `nil` waits for ever.
    /// - Throws: ``PoolFull`` if there was no room in time; what strikes the caller while it waits;
    ///   `InvalidThreadUseError`. It is not started then.
    /// - Complexity: O(1).
    ///
    /// gevent: `start`.
    public final func start(
        _ greenlet: AnyGreenlet, block: Bool = true, timeout: Duration? = nil
    ) throws {
        try add(greenlet, block: block, timeout: timeout)
        greenlet.start()
    }

    /// Takes `greenlet` out of the group, and lets it run on; does nothing if it is no member.
    ///
    /// - Complexity: O(1).
    ///
    /// gevent: `discard`.
    public final func discard(_ greenlet: AnyGreenlet) {
        requireOwnThread()
        if let member = Membership.of(greenlet, in: self) { leave(member) }
    }

    /// Takes the place of one more member, or throws.
    func takePlace(block: Bool, timeout: Duration?) throws {}

    /// Gives the place of a member back.
    func givePlaceBack() {}

    /// Makes `greenlet` a member; its place was taken.
    @usableFromInline
    final func insert(_ greenlet: AnyGreenlet) {
        // While it waited for its place, somebody else may have added it.
        if Membership.of(greenlet, in: self) != nil { return givePlaceBack() }
        let member = Membership(of: greenlet, in: self)
        members.append(member)
        if greenlet.isReady { memberHasEnded(member) }
    }
}
