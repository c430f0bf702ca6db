// SPDX-License-Identifier: Apache-2.0

/// How much memory the process holds now, for tests and benchmarks.
///
/// The kernel counts in batches for each thread, so figures of a few hundred KiB are noise: measure
/// thousands of things and divide.
package struct ResidentMemory: Equatable, Sendable {
    /// Bytes of the process in memory (`VmRSS`).
    package let byteCount: Int

    /// Bytes of page tables, which come on top (`VmPTE`).
    package let pageTableByteCount: Int

    /// Bytes of address space, used or not (`VmSize`).
    package let addressSpaceByteCount: Int

    /// What the process holds now; `nil` where `/proc` is not mounted.
    ///
    /// Call: `/proc/self/status`.
    package static var current: ResidentMemory? {
        guard let text = KernelText.contents(of: "/proc/self/status"),
            let resident = KernelText.number(after: "VmRSS:", in: text),
            let tables = KernelText.number(after: "VmPTE:", in: text),
            let space = KernelText.number(after: "VmSize:", in: text)
        else { return nil }
        return ResidentMemory(
            byteCount: resident * 1024, pageTableByteCount: tables * 1024,
            addressSpaceByteCount: space * 1024)
    }
}
