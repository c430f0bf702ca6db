// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// How the memory below a stack is kept from being used.
package enum GuardKind: Sendable {
    /// By `MADV_GUARD_INSTALL` (Linux 6.13): costs no mapping, so millions of stacks fit.
    case installed
    /// By mprotect(2): splits the mapping, so `vm.max_map_count` ends it at about 32,000 stacks.
    case protected

    /// What this kernel can do; `GEVENT_STACK_GUARD=mprotect` asks for the older way.
    package static let best: GuardKind = {
        guard Environment.value("GEVENT_STACK_GUARD") != "mprotect" else { return .protected }
        guard let trial = try? MemoryMap(reserving: MemoryPage.byteCount) else { return .protected }
        return unsafe (try? MemoryAdvice.installGuard(trial.bytes)) == nil ? .protected : .installed
    }()
}

/// One mapping that is cut into places for stacks of the same size, each above its guard.
final class StackSlab {
    let count: Int
    private let map: MemoryMap
    private let placeSize: Int
    private let stride: Int

    /// Reserves address space for up to `count` places; for fewer where that is refused.
    init(placeSize: Int, count: Int) throws(SystemError) {
        var count = count
        let stride = Self.stride(of: placeSize)
        while true {
            do {
                map = try MemoryMap(reserving: stride * count)
                break
            } catch {
                guard count > 1 else { throw error }
                count = max(1, count / 8)
            }
        }
        self.count = count
        self.placeSize = placeSize
        self.stride = stride
        // Where huge pages are always on, each stack would else be given two MiB at once.
        unsafe try? MemoryAdvice.forbidHugePages(map.bytes)
    }

    /// A place, its guard first.
    func place(_ index: Int) -> UnsafeMutableRawBufferPointer {
        unsafe UnsafeMutableRawBufferPointer(
            rebasing: map.bytes[index * stride..<index * stride + placeSize])
    }

    // Each parked greenlet needs the page at the top of its stack. At an even number of pages from one to the next they
    // would share some of the sets of the processor's table of pages and leave the others empty; at an odd one they
    // take turns in all. The page between lies above a stack, and is never touched.
    private static func stride(of placeSize: Int) -> Int {
        let pages = placeSize / MemoryPage.byteCount
        return (pages | 1) * MemoryPage.byteCount
    }
}
