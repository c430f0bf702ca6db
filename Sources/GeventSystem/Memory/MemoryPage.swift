// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// The unit in which the kernel hands out memory.
package enum MemoryPage {
    /// How many bytes a page has: 4,096 on x86-64, up to 65,536 on aarch64.
    ///
    /// Call: `sysconf` with `_SC_PAGESIZE`.
    package static let byteCount = Int(sysconf(Int32(_SC_PAGESIZE)))

    /// The next whole number of pages.
    package static func roundUp(_ bytes: Int) -> Int {
        (bytes + byteCount - 1) & ~(byteCount - 1)
    }

    /// The whole pages that fit.
    package static func roundDown(_ bytes: Int) -> Int {
        bytes & ~(byteCount - 1)
    }
}
