// SPDX-License-Identifier: Apache-2.0
public import CGeventSwitch
internal import GeventCore

extension BlockingQueue where Storage: ~Copyable {
    /// Puts an element in.
    ///
    /// > Suspends: When the queue is full and `block` is true.
    ///
    /// - Parameters:
    ///   - element: What is put in. A greenlet that is struck while it waits has not put it.
    ///   - block: False does not wait.
    ///   - timeout: How long to wait; `nil` waits for ever.
    /// - Throws: ``QueueFull`` when no place became free in time; ``QueueShutDown``; what strikes the
    ///   greenlet meanwhile.
    /// - Complexity: That of the storage; O(1) for a ``Queue``.
    ///
    /// gevent: `put`.
    @inlinable
    public func put(_ element: Element, block: Bool = true, timeout: Duration? = nil) throws {
        lock()
        if unsafe state.pointee.getters.head == nil
            && state.pointee.storage.count < state.pointee.limit
            && !state.pointee.isShutDown
        {
            unsafe state.pointee.storage.insert(element)
            unsafe state.pointee.unfinished &+= 1
            unlock()
            return
        }
        unlock()
        try putLater(element, block: block, timeout: timeout)
    }

    /// Puts an element in, if there is room now.
    ///
    /// Works from any thread, and in callbacks of the hub.
    ///
    /// - Throws: ``QueueFull``; ``QueueShutDown``.
    ///
    /// gevent: `put_nowait`.
    @inlinable public func putNowait(_ element: Element) throws { try put(element, block: false) }

    @inlinable @inline(never)
    func putLater(_ element: Element, block: Bool, timeout: Duration?) throws {
        if block { prepareToWait() }
        lock()
        if unsafe state.pointee.isShutDown {
            unlock()
            throw QueueShutDown()
        }
        if handOver(element) {
            unlock()
            return
        }
        if unsafe state.pointee.storage.count < state.pointee.limit {
            unsafe state.pointee.storage.insert(element)
            unsafe state.pointee.unfinished += 1
            unlock()
            return
        }
        guard block, gv_may_wait() else {
            unlock()
            throw QueueFull()
        }
        // Whoever makes room takes the element from here; the end of the queue leaves it.
        var slot: Element? = element
        let isWoken = unsafe try withUnsafeMutablePointer(to: &slot) { slot in
            unsafe try parkInQueue(
                &state.pointee.putters, lock: gv_line_word(line),
                slot: UnsafeMutableRawPointer(slot), tag: 0, what: "Queue.put", object: self,
                timeout: timeout)
        }
        if !isWoken { throw QueueFull() }
        if slot != nil { throw QueueShutDown() }
    }

    /// Gives the element to who has waited longest for one; false if nobody waits.
    ///
    /// Locked.
    @inlinable
    func handOver(_ element: Element) -> Bool {
        while let waiter = unsafe gv_wait_claim_first(&state.pointee.getters) {
            let gets = unsafe waiter.pointee.tag == QueueTag.gets
            // Who only peeks gets a copy.
            unsafe waiter.pointee.slot.assumingMemoryBound(to: Element?.self).pointee = element
            if gets { unsafe state.pointee.unfinished += 1 }
            unsafe gv_wake(waiter.pointee.greenlet)
            if gets { return true }
        }
        return false
    }

    /// Lets in those who wait to put, as long as there is room.
    ///
    /// Locked.
    @inlinable
    func admitPutters() {
        while unsafe state.pointee.storage.count < state.pointee.limit,
            let waiter = unsafe gv_wait_claim_first(&state.pointee.putters)
        {
            let slot = unsafe waiter.pointee.slot.assumingMemoryBound(to: Element?.self)
            if let element = unsafe slot.pointee.take() {
                unsafe state.pointee.storage.insert(element)
                unsafe state.pointee.unfinished += 1
            }
            unsafe gv_wake(waiter.pointee.greenlet)
        }
    }
}
