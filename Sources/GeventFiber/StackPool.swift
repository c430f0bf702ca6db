// SPDX-License-Identifier: Apache-2.0
package import CGeventSwitch
internal import GeventSystem

/// A stack, by the record at its high end.
package typealias StackPointer = UnsafeMutablePointer<gv_stack>

/// Makes the stacks of one hub, and takes them back.
///
/// Address space is reserved in slabs and becomes memory as it is touched. Stacks of the default
/// size are reused through the hub's idle list without coming here; those of other sizes are made
/// and given back one by one.
@safe package final class StackPool {
    /// The stack a greenlet gets unless it asks for another, in bytes.
    package static let defaultByteCount: Int = {
        let asked = Environment.value("GEVENT_STACK_SIZE").flatMap { Int($0) } ?? 256 * 1024
        return MemoryPage.roundUp(max(asked, smallestByteCount))
    }()
    /// The least that is given: enough to throw an error and to print.
    package static let smallestByteCount = 64 * 1024
    /// What cannot be used below each stack; wide enough that no sensible frame jumps over it.
    package static let guardByteCount = 64 * 1024

    private static let largestSlab = 512
    private static let colours = 12
    private static let recordByteCount = 128

    private let hub: UnsafeMutablePointer<gv_hub>
    private let guards = GuardKind.best
    private var slabs: [StackSlab] = []
    private var loners: [UnsafeMutableRawPointer: StackSlab] = unsafe [:]
    private var emptyPlaces: [UnsafeMutableRawBufferPointer] = unsafe []
    private var nextPlace = 0
    private var made = 0
    /// How many stacks were made and not taken back, idle ones among them.
    package private(set) var liveCount = 0
    private let placeSize = StackPool.defaultByteCount + StackPool.guardByteCount

    /// A pool for the stacks of `hub`.
    package init(hub: UnsafeMutablePointer<gv_hub>) { unsafe self.hub = hub }

    /// Makes a stack; 0 stands for the default size.
    package func make(byteCount: Int) throws(StackError) -> StackPointer {
        let usable =
            byteCount == 0
            ? Self.defaultByteCount : MemoryPage.roundUp(max(byteCount, Self.smallestByteCount))
        do {
            if byteCount == 0 { return unsafe lay(in: try takePlace(), retires: false) }
            let slab = try StackSlab(placeSize: usable + Self.guardByteCount, count: 1)
            let place = unsafe slab.place(0)
            unsafe try raiseGuard(at: place)
            let stack = unsafe lay(in: place, retires: true)
            unsafe loners[UnsafeMutableRawPointer(stack)] = slab
            return unsafe stack
        } catch {
            throw StackError(byteCount: usable, cause: error, guards: guards)
        }
    }

    /// Takes back a stack on which nothing lives any more.
    package func discard(_ stack: StackPointer) {
        liveCount -= 1
        unsafe gv_stack_renounce(stack)
        if unsafe loners.removeValue(forKey: UnsafeMutableRawPointer(stack)) != nil { return }
        let usable = unsafe body(of: stack)
        let place = unsafe UnsafeMutableRawPointer(stack.pointee.base) - Self.guardByteCount
        // The record goes with the pages.
        unsafe try? MemoryAdvice.discard(usable)
        unsafe emptyPlaces.append(
            UnsafeMutableRawBufferPointer(start: place, count: usable.count + Self.guardByteCount))
    }

    /// Gives back the pages of an idle stack but for the `keeping` bytes at its top.
    package func shed(_ stack: StackPointer, keeping: Int) {
        let usable = unsafe body(of: stack)
        if usable.count > keeping {
            unsafe try? MemoryAdvice.discard(
                UnsafeMutableRawBufferPointer(rebasing: usable[..<(usable.count - keeping)]))
        }
        unsafe stack.pointee.used = 0
    }

    /// Frees all address space.
    ///
    /// No stack of this pool may be in use.
    package func releaseAll() {
        unsafe emptyPlaces = []
        slabs = []
        nextPlace = 0
    }

    private func body(of stack: StackPointer) -> UnsafeMutableRawBufferPointer {
        unsafe UnsafeMutableRawBufferPointer(start: stack.pointee.base, count: stack.pointee.size)
    }

    private func takePlace() throws(SystemError) -> UnsafeMutableRawBufferPointer {
        // The guard of a place that was used before still stands.
        if let place = unsafe emptyPlaces.popLast() { return unsafe place }
        if slabs.isEmpty || nextPlace == slabs[slabs.count - 1].count {
            let count = min(Self.largestSlab, 8 << min(slabs.count, 6))
            slabs.append(try StackSlab(placeSize: placeSize, count: count))
            nextPlace = 0
        }
        let place = unsafe slabs[slabs.count - 1].place(nextPlace)
        unsafe try raiseGuard(at: place)
        nextPlace += 1
        return unsafe place
    }

    private func raiseGuard(at place: UnsafeMutableRawBufferPointer) throws(SystemError) {
        let below = unsafe UnsafeMutableRawBufferPointer(rebasing: place[..<Self.guardByteCount])
        switch guards {
        case .installed: unsafe try MemoryAdvice.installGuard(below)
        case .protected: unsafe try MemoryAdvice.protect(below, .none)
        }
    }

    // Tops at the same offset in their pages would share one set of the cache, so they are spread.
    private func lay(in place: UnsafeMutableRawBufferPointer, retires: Bool) -> StackPointer {
        guard let low = place.baseAddress else {
            trap("a stack without memory")
        }
        let base = unsafe low + Self.guardByteCount
        let byteCount = place.count - Self.guardByteCount
        let offset = byteCount - (1 + made % Self.colours) * Self.recordByteCount
        made += 1
        liveCount += 1
        let stack = unsafe (base + offset).bindMemory(to: gv_stack.self, capacity: 1)
        unsafe stack.initialize(to: gv_stack())
        unsafe stack.pointee.hub = hub
        unsafe stack.pointee.base = base.assumingMemoryBound(to: CChar.self)
        unsafe stack.pointee.size = byteCount
        unsafe stack.pointee.guard = Self.guardByteCount
        unsafe stack.pointee.retires = retires ? 1 : 0
        unsafe stack.pointee.sp = gv_context_make(stack, { unsafe gv_stack_entry($0) }, stack)
        return unsafe stack
    }
}
