// SPDX-License-Identifier: Apache-2.0
package import CGeventSwitch
internal import GeventSystem

/// How much of a stack was ever touched.
package enum StackUse {
    /// The most bytes that were in use since the stack's deep pages were last given back.
    ///
    /// Counted in pages, by what is resident; a stack that served other greenlets before shows their
    /// depth too.
    package static func highWater(of stack: UnsafePointer<gv_stack>) -> Int {
        let base = unsafe UnsafeMutableRawPointer(stack.pointee.base)
        // SAFETY: the stack is of this hub and stays mapped while its greenlet lives.
        let usable = unsafe UnsafeMutableRawBufferPointer(start: base, count: stack.pointee.size)
        return unsafe (try? MemoryAdvice.residentByteCount(usable)) ?? 0
    }
}
