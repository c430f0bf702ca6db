// SPDX-License-Identifier: Apache-2.0
public import CGeventSwitch
internal import GeventCore

/// Hands elements over without keeping any: who puts waits for who gets.
///
/// gevent: `gevent.queue.Channel`.
@safe public final class Channel<Element> {
    @usableFromInline @safe struct State {
        // All of it under the lock in `getters`.
        @usableFromInline var getters = unsafe gv_wait_queue()
        @usableFromInline var putters = unsafe gv_wait_queue()
        @inlinable init() {}
    }

    @usableFromInline let state: UnsafeMutablePointer<State>

    /// Makes a channel.
    @inlinable public init() {
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(to: State())
    }

    // SAFETY: a waiter's frame holds the channel, so nobody waits any more.
    @inlinable deinit { unsafe state.deallocate() }

    // The line of getters, with the lock in it, is the first member of the state.
    @inlinable @inline(__always) var line: UnsafeMutablePointer<gv_wait_queue> {
        unsafe UnsafeMutableRawPointer(state).assumingMemoryBound(to: gv_wait_queue.self)
    }

    @inlinable @inline(__always) func lock() { unsafe gv_line_lock(line) }
    @inlinable @inline(__always) func unlock() { unsafe gv_line_unlock(line) }

    /// How many more wait to put than to get; negative if more wait to get.
    ///
    /// gevent: `balance`.
    @inlinable public var balance: Int {
        lock()
        defer { unlock() }
        return unsafe Int(state.pointee.putters.count) - Int(state.pointee.getters.count)
    }

    /// Nothing is ever kept.
    ///
    /// gevent: `qsize()`.
    public var count: Int { 0 }

    /// Always true: nothing is ever kept.
    ///
    /// gevent: `empty()`.
    public var isEmpty: Bool { true }

    /// Always true: nothing can be kept.
    ///
    /// gevent: `full()`.
    public var isFull: Bool { true }

    /// Hands an element to a greenlet that gets, and returns once it has it.
    ///
    /// The greenlet that gets runs before this one goes on.
    ///
    /// > Suspends: Always, but in callbacks of the hub and with `block` false.
    ///
    /// - Parameters:
    ///   - element: What is handed over.
    ///   - block: False does not wait for somebody who gets.
    ///   - timeout: How long to wait; `nil` waits for ever.
    /// - Throws: ``QueueFull`` when nobody took it in time; what strikes the greenlet meanwhile.
    /// - Complexity: O(1).
    ///
    /// gevent: `put`.
    @inlinable
    public func put(_ element: Element, block: Bool = true, timeout: Duration? = nil) throws {
        if block { prepareToWait() }
        lock()
        if let waiter = unsafe gv_wait_claim_first(&state.pointee.getters) {
            unsafe waiter.pointee.slot.assumingMemoryBound(to: Element?.self).pointee = element
            unsafe gv_wake(waiter.pointee.greenlet)
            unlock()
            // The element is away: an interrupt can wait until the next wait.
            if block { gv_yield() }
            return
        }
        guard block, gv_may_wait() else {
            unlock()
            throw QueueFull()
        }
        var slot: Element? = element
        let isWoken = unsafe try withUnsafeMutablePointer(to: &slot) { slot in
            unsafe try parkInQueue(
                &state.pointee.putters, lock: gv_line_word(line),
                slot: UnsafeMutableRawPointer(slot), tag: 0, what: "Channel.put", object: self,
                timeout: timeout)
        }
        if !isWoken { throw QueueFull() }
    }

    /// Hands an element over if somebody waits for one.
    ///
    /// - Throws: ``QueueFull``.
    ///
    /// gevent: `put_nowait`.
    @inlinable public func putNowait(_ element: Element) throws { try put(element, block: false) }

    /// Takes an element from a greenlet that puts.
    ///
    /// > Suspends: When nobody waits to put.
    ///
    /// - Parameters:
    ///   - block: False does not wait for somebody who puts.
    ///   - timeout: How long to wait; `nil` waits for ever.
    /// - Returns: The element.
    /// - Throws: ``QueueEmpty`` when none came in time; what strikes the greenlet meanwhile.
    /// - Complexity: O(1).
    ///
    /// gevent: `get`.
    @inlinable
    public func get(block: Bool = true, timeout: Duration? = nil) throws -> Element {
        if block { prepareToWait() }
        lock()
        if let waiter = unsafe gv_wait_claim_first(&state.pointee.putters) {
            let element = unsafe waiter.pointee.slot.assumingMemoryBound(to: Element?.self).pointee
                .take()
            unsafe gv_wake(waiter.pointee.greenlet)
            unlock()
            if let element { return element }
            preconditionFailure("a putter waited without an element")
        }
        guard block, gv_may_wait() else {
            unlock()
            throw QueueEmpty()
        }
        var slot: Element?
        let isWoken = unsafe try withUnsafeMutablePointer(to: &slot) { slot in
            unsafe try parkInQueue(
                &state.pointee.getters, lock: gv_line_word(line),
                slot: UnsafeMutableRawPointer(slot), tag: 0, what: "Channel.get", object: self,
                timeout: timeout)
        }
        guard isWoken, let slot else { throw QueueEmpty() }
        return slot
    }

    /// Takes an element if somebody waits to put one.
    ///
    /// - Throws: ``QueueEmpty``.
    ///
    /// gevent: `get_nowait`.
    @inlinable public func getNowait() throws -> Element { try get(block: false) }
}

// SAFETY: the state is behind its lock.
extension Channel: @unchecked Sendable where Element: Sendable {}
