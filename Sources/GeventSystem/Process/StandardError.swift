// SPDX-License-Identifier: Apache-2.0
internal import CGeventSystem

/// Where reports go that nobody asked for.
package enum StandardError {
    /// Writes `text`, in one call where the system takes it whole; what cannot be written is lost.
    ///
    /// Call: `write`.
    package static func write(_ text: String) {
        var text = text
        // SAFETY: the bytes are valid for as long as the closure runs.
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while unsafe !rest.isEmpty {
                let count = unsafe gv_descriptor_write(STDERR_FILENO, rest.baseAddress, rest.count)
                if count <= 0 { return }
                unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
    }
}
