// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// A range of anonymous memory with one owner: reserved at once, committed as touched.
///
/// Nothing is counted against the machine's memory until a page is written (`MAP_NORESERVE`).
///
/// Call: `mmap`.
// `@unchecked Sendable`: the range is plain memory with one owner; the pointer alone hides that.
@safe
package struct MemoryMap: ~Copyable, @unchecked Sendable {
    /// The lowest address.
    @unsafe package let base: UnsafeMutableRawPointer

    /// How long the range is: a whole number of pages.
    package let byteCount: Int

    /// Reserves a range.
    ///
    /// - Parameter byteCount: Rounded up to whole pages.
    /// - Throws: ``SystemError`` `ENOMEM`, whose note names the limit that was probably met: address
    ///   space (`RLIMIT_AS`), mappings (`vm.max_map_count`) or commitment
    ///   (`vm.overcommit_memory`).
    ///
    /// Call: `mmap`.
    package init(reserving byteCount: Int) throws(SystemError) {
        require(byteCount > 0, "a mapping has at least one byte")
        let rounded = MemoryPage.roundUp(byteCount)
        var base: UnsafeMutableRawPointer? = nil
        // SAFETY: the call writes one pointer, to a local.
        let answer = unsafe gv_memory_map(&base, rounded)
        guard answer >= 0, let base = unsafe base else {
            throw ResourceLimits.explain(SystemError(call: "mmap", answer: answer))
        }
        unsafe self.base = base
        self.byteCount = rounded
    }

    deinit {
        // SAFETY: a ~Copyable value dies once; who lent parts of the range keeps the value alive.
        _ = unsafe gv_memory_unmap(base, byteCount)
    }

    /// All of it.
    @unsafe package var bytes: UnsafeMutableRawBufferPointer {
        unsafe UnsafeMutableRawBufferPointer(start: base, count: byteCount)
    }

    /// Gives the range back now and says how that went.
    ///
    /// - Throws: ``SystemError`` `ENOMEM` when the hole would be one mapping too many for
    ///   `vm.max_map_count`; the range is then lost.
    ///
    /// Call: `munmap`.
    package consuming func unmap() throws(SystemError) {
        let (base, byteCount) = unsafe (base, byteCount)
        discard self
        // SAFETY: the value is gone, so nobody can lend parts of the range any more.
        let answer = unsafe gv_memory_unmap(base, byteCount)
        if answer < 0 { throw ResourceLimits.explain(SystemError(call: "munmap", answer: answer)) }
    }
}
