// SPDX-License-Identifier: Apache-2.0
package import CGeventSwitch

/// A lock and a line of waiters: what every primitive is made of.
///
/// The lock is held for a few instructions, never across a switch. Any thread may take it.
@safe package final class WaitList {
    /// Where the line is; stays valid as long as the list.
    package let queue: UnsafeMutablePointer<gv_wait_queue>

    /// An empty line.
    package init() {
        unsafe queue = .allocate(capacity: 1)
        unsafe queue.initialize(to: gv_wait_queue())
    }

    // SAFETY: a waiter's frame holds the primitive, so nobody waits any more.
    deinit { unsafe queue.deallocate() }
}

extension UnsafeMutablePointer where Pointee == gv_wait_queue {
    /// Takes the lock.
    @inline(__always) package func lock() { unsafe gv_lock(&pointee.lock) }

    /// Gives the lock back.
    @inline(__always) package func unlock() { unsafe gv_unlock(&pointee.lock) }

    /// How many wait.
    @inline(__always) package var count: Int { unsafe Int(pointee.count) }
}
