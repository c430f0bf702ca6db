// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
public import GeventCore

extension Group {
    /// Waits until there are no members, if only for a moment.
    ///
    /// > Suspends: When there are members.
    ///
    /// - Parameters:
    ///   - timeout: How long to wait; `nil` waits for ever.
    ///   - raiseError: Whether to throw, after the wait, the error of one who is a member now and
    ///     has failed: of the one that was added first.
    /// - Returns: Whether it became empty; false if the time ran out first.
    /// - Throws: With `raiseError` the error of a member; what strikes the caller while it waits;
    ///   `InvalidThreadUseError`.
    ///
    /// gevent: `join`.
    @discardableResult
    public final func join(timeout: Duration? = nil, raiseError: Bool = false) throws -> Bool {
        try enter()
        let present = raiseError ? members.all : []
        let becameEmpty = try members.isEmpty || waitUntilEmpty(timeout)
        for greenlet in present {
            if let error = greenlet.error { throw error }
        }
        return becameEmpty
    }

    /// Kills all members, and those who are added while this waits for them.
    ///
    /// Each is struck once, however often this is called: one that goes on all the same is only
    /// waited for. A member that kills its own group is struck by it as well.
    ///
    /// > Suspends: When `block` is true and there are members.
    ///
    /// - Parameters:
    ///   - error: What is thrown in them.
    ///   - block: Whether to wait for their end.
    ///   - timeout: How long to wait for it; `nil` waits for ever.
    /// - Returns: Whether the group is empty; false if the time ran out first.
    /// - Throws: What strikes the caller while it waits; `InvalidThreadUseError`.
    /// - Complexity: O(n).
    ///
    /// gevent: `kill`.
    @discardableResult
    public final func kill(
        throwing error: any Error = GreenletExit(), block: Bool = true, timeout: Duration? = nil
    ) throws -> Bool {
        try enter()
        let limit = Limit(timeout)
        while !members.isEmpty {
            let victims = members.all
            for victim in victims { strike(victim, with: error) }
            guard block else { return false }
            let current = try AnyGreenlet.currentThatMayWait()
            for victim in victims where victim !== current {
                guard try victim.join(timeout: limit.remaining) else { return false }
                // Its link may not have been called yet.
                discard(victim)
            }
            if members.count == 1 && Membership.of(current, in: self) != nil {
                // The blow lands here; a shield holds it back.
                try GeventCore.sleep(.zero)
                return false
            }
        }
        return true
    }

    /// Kills one member, unless it was struck before.
    ///
    /// > Suspends: When `block` is true and this strikes it.
    ///
    /// - Parameters:
    ///   - greenlet: The member; one who is none is left alone.
    ///   - error: What is thrown in it.
    ///   - block: Whether to wait for its end.
    ///   - timeout: How long to wait for it; `nil` waits for ever.
    /// - Returns: Whether it has ended.
    /// - Throws: What strikes the caller while it waits; `InvalidThreadUseError`.
    ///
    /// gevent: `killone`.
    @discardableResult
    public final func killOne(
        _ greenlet: AnyGreenlet, throwing error: any Error = GreenletExit(), block: Bool = true,
        timeout: Duration? = nil
    ) throws -> Bool {
        try enter()
        guard markDying(greenlet) else { return greenlet.isReady }
        return try greenlet.kill(throwing: error, block: block, timeout: timeout)
    }

    private final func strike(_ greenlet: AnyGreenlet, with error: any Error) {
        if markDying(greenlet) { GeventCore.kill(greenlet, throwing: error) }
    }

    /// Notes that `greenlet` is being killed; false if that was noted before, or it is no member.
    private final func markDying(_ greenlet: AnyGreenlet) -> Bool {
        guard let member = Membership.of(greenlet, in: self), !member.isDying else { return false }
        member.isDying = true
        return true
    }

    private final func waitUntilEmpty(_ timeout: Duration?) throws -> Bool {
        while true {
            unsafe emptied.queue.lock()
            let isWoken = unsafe try Wait(what: "Group.join", object: self)
                .park(on: emptied.queue, hub: currentHubPointer(), timeout: timeout)
            // A strike that was taken back ends the wait for nothing.
            if isWoken || timeout != nil || members.isEmpty { return isWoken || members.isEmpty }
        }
    }
}
