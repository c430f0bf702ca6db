// SPDX-License-Identifier: Apache-2.0
public import CGeventSwitch
internal import GeventCore

extension BlockingQueue where Storage: ~Copyable {
    /// Takes out the next element.
    ///
    /// > Suspends: When the queue is empty and `block` is true.
    ///
    /// - Parameters:
    ///   - block: False does not wait.
    ///   - timeout: How long to wait; `nil` waits for ever.
    /// - Returns: The element.
    /// - Throws: ``QueueEmpty`` when none came in time; ``QueueShutDown`` when none will come; what
    ///   strikes the greenlet meanwhile.
    /// - Complexity: That of the storage; O(1) for a ``Queue``.
    ///
    /// gevent: `get`.
    @inlinable
    public func get(block: Bool = true, timeout: Duration? = nil) throws -> Element {
        lock()
        if unsafe state.pointee.storage.count > 0 {
            let element = unsafe state.pointee.storage.remove()
            if unsafe state.pointee.putters.head != nil { admitPutters() }
            unlock()
            return element
        }
        unlock()
        return try getLater(block: block, timeout: timeout)
    }

    /// Takes out the next element, if there is one now.
    ///
    /// Works from any thread, and in callbacks of the hub.
    ///
    /// - Throws: ``QueueEmpty``; ``QueueShutDown``.
    ///
    /// gevent: `get_nowait`.
    @inlinable public func getNowait() throws -> Element { try get(block: false) }

    @inlinable @inline(never)
    func getLater(block: Bool, timeout: Duration?) throws -> Element {
        if block { prepareToWait() }
        lock()
        if unsafe state.pointee.storage.count > 0 {
            let element = unsafe state.pointee.storage.remove()
            admitPutters()
            unlock()
            return element
        }
        if unsafe state.pointee.isShutDown {
            unlock()
            throw QueueShutDown()
        }
        guard block, gv_may_wait() else {
            unlock()
            throw QueueEmpty()
        }
        // Whoever puts next leaves the element here; the end of the queue leaves nothing.
        var slot: Element?
        let isWoken = unsafe try withUnsafeMutablePointer(to: &slot) { slot in
            unsafe try parkInQueue(
                &state.pointee.getters, lock: gv_line_word(line),
                slot: UnsafeMutableRawPointer(slot), tag: QueueTag.gets, what: "Queue.get",
                object: self,
                timeout: timeout)
        }
        if !isWoken { throw QueueEmpty() }
        guard let slot else { throw QueueShutDown() }
        return slot
    }

    /// The next element, which stays where it is.
    ///
    /// > Suspends: When the queue is empty and `block` is true.
    ///
    /// - Parameters:
    ///   - block: False does not wait.
    ///   - timeout: How long to wait; `nil` waits for ever.
    /// - Returns: The element that comes out next, unless somebody takes it before the caller does.
    /// - Throws: ``QueueEmpty`` when none came in time; ``QueueShutDown`` when none will come; what
    ///   strikes the greenlet meanwhile.
    ///
    /// gevent: `peek`.
    @inlinable
    public func peek(block: Bool = true, timeout: Duration? = nil) throws -> Element {
        lock()
        if let element = unsafe state.pointee.storage.first {
            unlock()
            return element
        }
        unlock()
        return try peekLater(block: block, timeout: timeout)
    }

    /// The next element, if there is one now.
    ///
    /// - Throws: ``QueueEmpty``; ``QueueShutDown``.
    ///
    /// gevent: `peek_nowait`.
    @inlinable public func peekNowait() throws -> Element { try peek(block: false) }

    @inlinable @inline(never)
    func peekLater(block: Bool, timeout: Duration?) throws -> Element {
        if block { prepareToWait() }
        lock()
        if let element = unsafe state.pointee.storage.first {
            unlock()
            return element
        }
        if unsafe state.pointee.isShutDown {
            unlock()
            throw QueueShutDown()
        }
        guard block, gv_may_wait() else {
            unlock()
            throw QueueEmpty()
        }
        // Whoever puts next leaves a copy here: looking again could find that it was taken.
        var slot: Element?
        let isWoken = unsafe try withUnsafeMutablePointer(to: &slot) { slot in
            unsafe try parkInQueue(
                &state.pointee.getters, lock: gv_line_word(line),
                slot: UnsafeMutableRawPointer(slot), tag: QueueTag.peeks, what: "Queue.peek",
                object: self,
                timeout: timeout)
        }
        if !isWoken { throw QueueEmpty() }
        guard let slot else { throw QueueShutDown() }
        return slot
    }

    /// Calls `body` with each element until the queue is shut down and empty.
    ///
    /// > Suspends: When the queue is empty.
    ///
    /// - Throws: What `body` throws; what strikes the greenlet while it waits.
    ///
    /// gevent: iteration over a queue, which ends there at `StopIteration`.
    @inlinable
    public func forEach(_ body: (Element) throws -> Void) throws {
        while true {
            let element: Element
            do { element = try get() } catch is QueueShutDown { return }
            try body(element)
        }
    }
}
