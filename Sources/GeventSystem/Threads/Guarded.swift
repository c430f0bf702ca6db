// SPDX-License-Identifier: Apache-2.0
internal import CGeventSystem

/// A value that several threads use, one at a time.
///
/// By the threads library's mutex, which ThreadSanitizer knows. The one of `Synchronization` it does
/// not see, and reports each use of the value as a race.
///
/// Call: `pthread_mutex_lock`.
@safe
package final class Guarded<Value>: @unchecked Sendable {
    // SAFETY: the value is touched under the mutex only, and the mutex stays at its address until
    // nobody has the object any more.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    @exclusivity(unchecked) private var value: Value

    /// A value that nobody else has.
    package init(_ value: sending Value) {
        unsafe mutex = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(mutex, nil)
        unsafe self.value = value
    }

    deinit {
        unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// Runs `body` with the value while no other thread has it.
    ///
    /// It blocks the thread for as long as another one is at it: `body` is short and waits for nothing.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    package func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        unsafe gv_mutex_lock(mutex)
        defer { unsafe gv_mutex_unlock(mutex) }
        return unsafe try body(&value)
    }
}
