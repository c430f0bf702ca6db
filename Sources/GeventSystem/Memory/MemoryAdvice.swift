// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// Calls on parts of a ``MemoryMap``, all of them on whole pages.
///
/// The caller keeps the map alive and knows that nobody uses the pages it changes: that makes them
/// unsafe.
package enum MemoryAdvice {
    /// Drops the contents: the pages read as zeros and cost nothing until they are written again.
    ///
    /// - Throws: ``SystemError`` `EINVAL` when the range is not on page boundaries.
    ///
    /// Call: `madvise` with `MADV_DONTNEED`.
    @unsafe
    package static func discard(_ range: UnsafeMutableRawBufferPointer) throws(SystemError) {
        try unsafe advise(range, MADV_DONTNEED)
    }

    /// Keeps the kernel from backing the range with huge pages.
    ///
    /// A stack that touches 4 KiB would otherwise cost 2 MiB where `transparent_hugepage` is
    /// `always`.
    ///
    /// - Throws: ``SystemError`` `EINVAL` on a kernel without huge pages, where nothing is to be
    ///   prevented.
    ///
    /// Call: `madvise` with `MADV_NOHUGEPAGE`.
    @unsafe
    package static func forbidHugePages(
        _ range: UnsafeMutableRawBufferPointer
    ) throws(SystemError) {
        try unsafe advise(range, MADV_NOHUGEPAGE)
    }

    /// Makes every access to the range fault, without splitting the mapping.
    ///
    /// - Throws: ``SystemError`` `EINVAL` before Linux 6.13: use ``protect(_:_:)`` there.
    ///
    /// Call: `madvise` with `MADV_GUARD_INSTALL`.
    @unsafe
    package static func installGuard(_ range: UnsafeMutableRawBufferPointer) throws(SystemError) {
        try unsafe advise(range, MADV_GUARD_INSTALL)
    }

    /// Takes the guard away again; the pages read as zeros.
    ///
    /// - Throws: ``SystemError`` `EINVAL` before Linux 6.13.
    ///
    /// Call: `madvise` with `MADV_GUARD_REMOVE`.
    @unsafe
    package static func removeGuard(_ range: UnsafeMutableRawBufferPointer) throws(SystemError) {
        try unsafe advise(range, MADV_GUARD_REMOVE)
    }

    /// Says what may be done with the range; splits the mapping where neighbours differ.
    ///
    /// - Throws: ``SystemError`` `ENOMEM` with a note when the split exceeds `vm.max_map_count`.
    ///
    /// Call: `mprotect`.
    @unsafe
    package static func protect(
        _ range: UnsafeMutableRawBufferPointer, _ access: MemoryAccess
    ) throws(SystemError) {
        // SAFETY: the caller vouches for the range (see the type).
        let answer = unsafe gv_memory_protect(range.baseAddress, range.count, access.rawValue)
        guard answer < 0 else { return }
        throw ResourceLimits.explain(SystemError(call: "mprotect", answer: answer))
    }

    /// Shows the range in `/proc/self/maps` as `[anon:name]`.
    ///
    /// A name has at most 79 printable bytes. Does nothing on a kernel without
    /// `CONFIG_ANON_VMA_NAME`.
    ///
    /// Call: `prctl` with `PR_SET_VMA_ANON_NAME`.
    @unsafe
    package static func name(_ range: UnsafeMutableRawBufferPointer, _ name: StaticString) {
        // SAFETY: a static string ends with a zero and lives as long as the process.
        _ = unsafe gv_memory_name(
            range.baseAddress, range.count,
            UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self))
    }

    /// How many bytes of the range are in memory now.
    ///
    /// - Parameter range: Begins on a page boundary.
    /// - Returns: Whole pages.
    /// - Throws: ``SystemError`` `ENOMEM` when parts of the range are not mapped.
    /// - Complexity: O(pages).
    ///
    /// Call: `mincore`.
    @unsafe
    package static func residentByteCount(
        _ range: UnsafeMutableRawBufferPointer
    ) throws(SystemError) -> Int {
        let count = MemoryPage.roundUp(range.count) / MemoryPage.byteCount
        var pages = [UInt8](repeating: 0, count: count)
        // SAFETY: the call writes one byte a page, and the array has that many.
        let answer = unsafe gv_memory_residence(range.baseAddress, range.count, &pages)
        if answer < 0 { throw SystemError(call: "mincore", answer: answer) }
        return pages.count { $0 & 1 != 0 } * MemoryPage.byteCount
    }

    private static func advise(
        _ range: UnsafeMutableRawBufferPointer, _ advice: Int32
    ) throws(SystemError) {
        // SAFETY: the caller vouches for the range (see the type).
        try Retry.onInterrupt("madvise") {
            unsafe gv_memory_advise(range.baseAddress, range.count, advice)
        }
    }
}

/// What may be done with pages.
///
/// Call: `mprotect`.
package struct MemoryAccess: OptionSet, Sendable {
    /// The bits as in `sys/mman.h`.
    package let rawValue: Int32

    /// Takes the bits as they are.
    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Nothing: every access faults (`PROT_NONE`).
    package static let none: MemoryAccess = []

    /// Reading and writing (`PROT_READ | PROT_WRITE`).
    package static let readWrite = MemoryAccess(rawValue: 0x3)
}
