// SPDX-License-Identifier: Apache-2.0
internal import CGeventSystem

/// Counts what was raised and lets as many threads pass; blocks the thread, not a greenlet.
///
/// Call: `sem_t`.
@safe package final class NativeSignal: @unchecked Sendable {
    // SAFETY: the C library's semaphore is made for use by many threads.
    private let semaphore: UnsafeMutablePointer<sem_t>

    /// Nothing raised.
    package init() {
        unsafe semaphore = .allocate(capacity: 1)
        unsafe sem_init(semaphore, 0, 0)
    }

    // SAFETY: whoever waits holds the object.
    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    /// Lets one thread pass, now or later.
    ///
    /// Call: `sem_post`.
    package func raise() { _ = unsafe gv_semaphore_post(semaphore) }

    /// Blocks the thread until it may pass.
    ///
    /// Call: `sem_wait`.
    package func wait() {
        while unsafe gv_semaphore_wait(semaphore) != 0 {}
    }

    /// Blocks the thread until it may pass, for so many nanoseconds at most; returns whether it may.
    ///
    /// Call: `sem_clockwait` with `CLOCK_MONOTONIC`.
    package func wait(nanoseconds: UInt64) -> Bool {
        let (end, isTooLate) = MonotonicClock.now.addingReportingOverflow(nanoseconds)
        while true {
            let answer = unsafe gv_semaphore_wait_until(semaphore, isTooLate ? .max : end)
            if answer != -Int(EINTR) { return answer == 0 }
        }
    }
}
