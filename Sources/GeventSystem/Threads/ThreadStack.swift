// SPDX-License-Identifier: Apache-2.0
internal import CGeventSystem

extension CurrentThread {
    /// The stack that the system gave the thread; empty where it does not tell.
    ///
    /// Call: `pthread_getattr_np`.
    @unsafe package static var stack: UnsafeMutableRawBufferPointer {
        var base: UnsafeMutableRawPointer?
        var byteCount = 0
        // SAFETY: the call fills both, or neither.
        guard unsafe gv_thread_get_stack(&base, &byteCount) == 0 else {
            return unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)
        }
        return unsafe UnsafeMutableRawBufferPointer(start: base, count: byteCount)
    }
}
