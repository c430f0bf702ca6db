// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// Both ends of a pipe.
package struct Pipe: ~Copyable, Sendable {
    /// Where the bytes come out.
    package var readEnd: Descriptor

    /// Where the bytes go in.
    package var writeEnd: Descriptor

    /// Opens a pipe.
    ///
    /// - Throws: ``SystemError`` `EMFILE` or `ENFILE` when there is no number left.
    ///
    /// Call: `pipe2`.
    package init() throws(SystemError) {
        var ends = (Int32(-1), Int32(-1))
        // SAFETY: a homogeneous tuple is laid out as the array that the call fills.
        try Retry.never("pipe2") {
            unsafe withUnsafeMutableBytes(of: &ends) { memory in
                unsafe gv_pipe_open(memory.assumingMemoryBound(to: Int32.self).baseAddress)
            }
        }
        readEnd = Descriptor(owning: ends.0)
        writeEnd = Descriptor(owning: ends.1)
    }
}
