// SPDX-License-Identifier: Apache-2.0
public import CGeventSwitch
internal import GeventCore

extension BlockingQueue where Storage: ~Copyable {
    /// How many elements were put in and not reported as done.
    ///
    /// gevent: `unfinished_tasks`.
    @inlinable public var unfinishedTasks: Int {
        lock()
        defer { unlock() }
        return unsafe state.pointee.unfinished
    }

    /// Reports that an element that was taken out has been dealt with.
    ///
    /// - Precondition: Called at most once for each element.
    ///
    /// gevent: `task_done`.
    @inlinable public func taskDone() {
        lock()
        requireOfQueue(
            unsafe state.pointee.unfinished > 0, "taskDone was called more often than put")
        finish(1)
        unlock()
    }

    /// Waits until every element that was put in has been reported as done.
    ///
    /// > Suspends: When there are unfinished tasks.
    ///
    /// - Parameter timeout: How long to wait; `nil` waits for ever.
    /// - Returns: Whether all are done; false if the time ran out first.
    /// - Throws: What strikes the greenlet meanwhile.
    ///
    /// gevent: `join`.
    @inlinable @discardableResult
    public func join(timeout: Duration? = nil) throws -> Bool {
        prepareToWait()
        lock()
        if unsafe state.pointee.unfinished == 0 {
            unlock()
            return true
        }
        return unsafe try parkInQueue(
            &state.pointee.joiners, lock: gv_line_word(line), slot: nil, tag: 0,
            what: "Queue.join", object: self, timeout: timeout)
    }

    /// Whether it was shut down.
    ///
    /// gevent: `is_shutdown`.
    @inlinable public var isShutDown: Bool {
        lock()
        defer { unlock() }
        return unsafe state.pointee.isShutDown
    }

    /// Ends the queue: nothing more can be put in, and what is in it can still be taken out.
    ///
    /// Who waits to put gets ``QueueShutDown``, and so does who waits to get.
    ///
    /// - Parameter immediate: True drops what is in the queue, and counts it as done.
    ///
    /// gevent: `shutdown`.
    @inlinable public func shutdown(immediate: Bool = false) {
        // Freed outside of the lock: an element's deinit may come back here.
        var dropped: [Element] = []
        lock()
        unsafe state.pointee.isShutDown = true
        if immediate {
            while unsafe state.pointee.storage.count > 0 {
                unsafe dropped.append(state.pointee.storage.remove())
            }
            finish(dropped.count)
        }
        _ = unsafe gv_wait_wake_all(&state.pointee.putters)
        _ = unsafe gv_wait_wake_all(&state.pointee.getters)
        unlock()
        withExtendedLifetime(dropped) {}
    }

    /// Counts `count` elements as done.
    ///
    /// Locked.
    @inlinable func finish(_ count: Int) {
        unsafe state.pointee.unfinished -= min(count, state.pointee.unfinished)
        if unsafe state.pointee.unfinished == 0 {
            _ = unsafe gv_wait_wake_all(&state.pointee.joiners)
        }
    }
}

extension BlockingQueue {
    /// A queue of the same kind with the same elements, limit and unfinished tasks.
    ///
    /// gevent: `copy`.
    @inlinable public func copy() -> BlockingQueue {
        let copy = BlockingQueue(maxSize: maxSize)
        lock()
        unsafe copy.state.pointee.storage = state.pointee.storage
        unsafe copy.state.pointee.unfinished = state.pointee.unfinished
        unlock()
        return copy
    }
}

extension BlockingQueue where Storage: ~Copyable {
    /// A queue with the same elements, limit and unfinished tasks.
    ///
    /// gevent: `copy`.
    @inlinable public func copy<Kept>() -> Queue<Kept> where Storage == RingStorage<Kept> {
        let copy = Queue<Kept>(maxSize: maxSize)
        lock()
        unsafe copy.state.pointee.storage = state.pointee.storage.copy()
        unsafe copy.state.pointee.unfinished = state.pointee.unfinished
        unlock()
        return copy
    }
}
