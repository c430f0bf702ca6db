// SPDX-License-Identifier: Apache-2.0
public import CGeventSwitch
internal import GeventCore

/// A queue that gives elements out in the order they came in.
///
/// gevent: `gevent.queue.Queue`.
public typealias Queue<Element> = BlockingQueue<RingStorage<Element>>

/// The same as ``Queue``: counting unfinished tasks costs nothing here.
///
/// gevent: `gevent.queue.SimpleQueue`.
public typealias SimpleQueue<Element> = BlockingQueue<RingStorage<Element>>

/// A queue that gives out the element that came in last.
///
/// gevent: `gevent.queue.LifoQueue`.
public typealias LifoQueue<Element> = BlockingQueue<StackStorage<Element>>

/// A queue that gives out the smallest element; among equal ones, the one that came in first.
///
/// gevent: `gevent.queue.PriorityQueue`.
public typealias PriorityQueue<Element: Comparable> = BlockingQueue<HeapStorage<Element>>

/// Hands elements from greenlets that put to greenlets that get.
///
/// Use it by the name of its kind: ``Queue``, ``LifoQueue``, ``PriorityQueue``.
///
/// ```swift
/// let tasks = Queue<Int>(maxSize: 100)
/// spawn { for number in 1...1000 { try tasks.put(number) } }
/// print(try tasks.get())
/// ```
///
/// An element goes to the greenlet that has waited longest. A greenlet that is killed, or runs out
/// of time, loses no element: what it was to put is not in the queue, what it was to get still is.
///
/// gevent: `gevent.queue.Queue`.
@safe public final class BlockingQueue<Storage: QueueStorage & ~Copyable> {
    /// What it holds.
    public typealias Element = Storage.Element

    @usableFromInline let state: UnsafeMutablePointer<QueueState<Storage>>

    /// Makes a queue.
    ///
    /// - Parameter maxSize: How many elements it holds; who puts more waits. `nil` is no limit.
    /// - Precondition: `maxSize` is at least 1; a queue that holds nothing is a ``Channel``.
    @inlinable public init(maxSize: Int? = nil) {
        requireOfQueue(
            maxSize ?? 1 > 0, "a queue holds at least one element; without any it is a Channel")
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(to: QueueState(limit: maxSize ?? .max))
    }

    /// Makes a queue with elements in it, each of which counts as an unfinished task.
    ///
    /// - Parameters:
    ///   - elements: What is put in first; may be more than `maxSize`.
    ///   - maxSize: How many elements it holds; who puts more waits. `nil` is no limit.
    /// - Precondition: `maxSize` is at least 1.
    @inlinable public convenience init(_ elements: some Sequence<Element>, maxSize: Int? = nil) {
        self.init(maxSize: maxSize)
        for element in elements {
            unsafe state.pointee.storage.insert(element)
            unsafe state.pointee.unfinished += 1
        }
    }

    // SAFETY: a waiter's frame holds the queue, so nobody waits any more.
    @inlinable deinit {
        unsafe state.deinitialize(count: 1)
        unsafe state.deallocate()
    }

    // The line of getters, with the lock in it, is the first member of the state.
    @inlinable @inline(__always) var line: UnsafeMutablePointer<gv_wait_queue> {
        unsafe UnsafeMutableRawPointer(state).assumingMemoryBound(to: gv_wait_queue.self)
    }

    @inlinable @inline(__always) func lock() { unsafe gv_line_lock(line) }
    @inlinable @inline(__always) func unlock() { unsafe gv_line_unlock(line) }
}

// SAFETY: the state is behind its lock.
extension BlockingQueue: @unchecked Sendable where Storage: ~Copyable, Storage.Element: Sendable {}

extension BlockingQueue where Storage: ~Copyable {
    /// How many elements are in it.
    ///
    /// gevent: `qsize()`.
    @inlinable public var count: Int {
        lock()
        defer { unlock() }
        return unsafe state.pointee.storage.count
    }

    /// Whether nothing is in it.
    ///
    /// gevent: `empty()`.
    @inlinable public var isEmpty: Bool { count == 0 }

    /// Whether it holds as many as it may.
    ///
    /// gevent: `full()`.
    @inlinable public var isFull: Bool {
        lock()
        defer { unlock() }
        return unsafe state.pointee.storage.count >= state.pointee.limit
    }

    /// How many elements it may hold, `nil` for any number.
    ///
    /// Raising it lets in who waits to put.
    ///
    /// gevent: `maxsize`.
    @inlinable public var maxSize: Int? {
        get {
            lock()
            defer { unlock() }
            return unsafe state.pointee.limit == .max ? nil : state.pointee.limit
        }
        set {
            requireOfQueue(
                newValue ?? 1 > 0, "a queue holds at least one element; without any it is a Channel"
            )
            lock()
            unsafe state.pointee.limit = newValue ?? .max
            admitPutters()
            unlock()
        }
    }

    /// How many wait to get or to peek.
    ///
    /// gevent: `getters`.
    @inlinable public var getterCount: Int {
        lock()
        defer { unlock() }
        return unsafe Int(state.pointee.getters.count)
    }

    /// How many wait to put.
    ///
    /// gevent: `putters`.
    @inlinable public var putterCount: Int {
        lock()
        defer { unlock() }
        return unsafe Int(state.pointee.putters.count)
    }
}
