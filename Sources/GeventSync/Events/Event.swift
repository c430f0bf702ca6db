// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
public import GeventCore

/// A flag that greenlets can wait for.
///
/// ```swift
/// let done = Event()
/// spawn { try done.wait(); print("after it was set") }
/// done.set()
/// ```
///
/// Any thread may set and clear it. To hand over a value, use `AsyncResult`.
///
/// gevent: `gevent.event.Event`.
@safe public final class Event: Waitable, @unchecked Sendable {
    // SAFETY: the flag and the links are behind the lock of the line.
    let line = WaitList()
    private let state: UnsafeMutablePointer<gv_primitive>
    @exclusivity(unchecked) private var links = ReadyLinks()

    /// Makes a flag that is not set.
    public init() { unsafe state = line.record }

    /// Whether it is set.
    ///
    /// gevent: `is_set()`.
    public var isSet: Bool {
        unsafe gv_primitive_lock(state)
        defer { unsafe gv_primitive_unlock(state) }
        return unsafe state.pointee.value != 0
    }

    /// Whether it is set.
    ///
    /// gevent: `ready()`.
    public var isReady: Bool { isSet }

    /// Sets the flag and wakes everybody who waits, in the order they came.
    ///
    /// They are woken even if the flag is cleared before they run.
    ///
    /// - Complexity: O(n) of the waiters.
    ///
    /// gevent: `set`.
    public func set() {
        unsafe gv_primitive_lock(state)
        unsafe state.pointee.value = 1
        if unsafe state.pointee.line.head != nil {
            unsafe state.pointee.notified += gv_wait_wake_all(gv_line(state))
        }
        let due = unsafe state.pointee.links > 0 ? takeLinks() : nil
        unsafe gv_primitive_unlock(state)
        if let due { due.startAll() }
    }

    /// Takes the flag back; does nothing if it is not set.
    ///
    /// gevent: `clear`.
    public func clear() {
        unsafe gv_primitive_lock(state)
        unsafe state.pointee.value = 0
        unsafe gv_primitive_unlock(state)
    }

    /// Waits until the flag is set.
    ///
    /// > Suspends: When it is not set, or when greenlets that waited before have been woken and have
    /// not run yet: the caller goes behind them.
    ///
    /// - Parameter timeout: How long to wait; `nil` waits for ever.
    /// - Returns: Whether it was set during the wait, though it may be cleared by now; false if the
    ///   time ran out first.
    /// - Throws: What strikes the greenlet meanwhile.
    /// - Complexity: O(1).
    ///
    /// gevent: `wait`.
    @discardableResult
    public func wait(timeout: Duration? = nil) throws -> Bool {
        let hub = unsafe waitingHubPointer()
        unsafe gv_primitive_lock(state)
        if unsafe state.pointee.value != 0 {
            let mustQueue = unsafe state.pointee.notified > 0
            unsafe gv_primitive_unlock(state)
            if unsafe mustQueue && !gv_is_native(hub) { try sleep() }
            return true
        }
        if let timeout {
            guard
                unsafe try Wait(what: "Event.wait", object: self).park(
                    on: gv_line(state), hub: hub, timeout: timeout)
            else { return false }
        } else {
            unsafe try park(self, on: gv_line(state), hub: hub, what: "Event.wait")
        }
        unsafe gv_unnotify(state)
        return true
    }

    /// Has `callback` called by the hub of this thread once the flag is set; soon, if it is already.
    ///
    /// gevent: `rawlink`.
    public func linkReady(_ callback: @escaping () -> Void) -> LinkToken {
        add(.onThisHub(of: self, callback))
    }

    /// Calls `callback` in place, on whatever thread makes it ready; now, if it is ready now.
    public func linkAnywhere(_ callback: @escaping @Sendable () -> Void) -> LinkToken {
        add(.anywhere(callback))
    }

    private func add(_ link: ReadyLink) -> LinkToken {
        unsafe gv_primitive_lock(state)
        unsafe links.add(link)
        unsafe state.pointee.links += 1
        let due = unsafe state.pointee.value != 0 ? takeLinks() : []
        unsafe gv_primitive_unlock(state)
        due.startAll()
        return link.token
    }

    /// Takes a link back; does nothing if it was called before.
    ///
    /// gevent: `unlink`.
    public func unlink(_ token: LinkToken) {
        _ = token.claim()
        unsafe gv_primitive_lock(state)
        let link = unsafe links.remove(token)
        unsafe state.pointee.links = UInt32(links.count)
        unsafe gv_primitive_unlock(state)
        // What it holds is let go of outside of the lock, since a deinit may come back here.
        withExtendedLifetime(link) {}
    }

    /// How many links there are that were not called.
    ///
    /// gevent: `linkcount`.
    public var linkCount: Int {
        unsafe gv_primitive_lock(state)
        defer { unsafe gv_primitive_unlock(state) }
        return unsafe links.count
    }

    private func takeLinks() -> [ReadyLink] {
        unsafe state.pointee.links = 0
        return unsafe links.take()
    }
}

extension Event {
    /// How many wait for it.
    package var waiterCount: Int { line.waiterCount }
}
