// SPDX-License-Identifier: Apache-2.0
package import CGeventSwitch

/// A lock, a line of waiters and a number: what every primitive is made of.
///
/// The lock is held for a few instructions, never across a switch. Any thread may take it.
@safe package final class WaitList: @unchecked Sendable {
    // SAFETY: the record is changed under its own lock only.
    /// The record; stays valid as long as the list.
    package let record: UnsafeMutablePointer<gv_primitive>

    /// An empty line, with `value` as its number.
    package init(value: Int = 0) {
        unsafe record = .allocate(capacity: 1)
        unsafe record.initialize(to: gv_primitive())
        unsafe record.pointee.value = Int64(value)
    }

    // SAFETY: a waiter's frame holds the primitive, so nobody waits any more.
    deinit { unsafe record.deallocate() }

    /// Where the line is; stays valid as long as the list.
    @inline(__always)
    package var queue: UnsafeMutablePointer<gv_wait_queue> {
        unsafe UnsafeMutableRawPointer(record).assumingMemoryBound(to: gv_wait_queue.self)
    }
}

extension UnsafeMutablePointer where Pointee == gv_wait_queue {
    /// Takes the lock.
    @inline(__always) package func lock() { unsafe gv_line_lock(self) }

    /// Gives the lock back.
    @inline(__always) package func unlock() { unsafe gv_line_unlock(self) }

    /// How many wait.
    @inline(__always) package var count: Int { unsafe Int(pointee.count) }
}

extension WaitList {
    /// How many stand in it.
    package var waiterCount: Int {
        unsafe queue.lock()
        defer { unsafe queue.unlock() }
        return unsafe queue.count
    }
}
