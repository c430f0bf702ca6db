// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventFiber

extension Hub {
    // What an idle stack keeps: enough for most greenlets, so that reuse costs no page faults.
    private static let keptByteCount = 16 * 1024
    // How many stacks lose their deep pages, or all, in one look.
    private static let shedAtOnce = 64
    private static let discardedAtOnce = 256
    // How many idle stacks may stay as they are.
    private static let mostIdle: UInt32 = 131_072

    /// Takes back the stacks that greenlets have left for good.
    func reclaimStacks() {
        while let stack = unsafe pointer.pointee.retired {
            unsafe pointer.pointee.retired = stack.pointee.next
            unsafe stacks.discard(stack)
        }
    }

    /// Gives back some of the stacks that are idle beyond all measure; called when there is time.
    ///
    /// - Returns: Whether there are more.
    func discardSurplus() -> Bool {
        var left = Self.discardedAtOnce
        while unsafe pointer.pointee.idle_count > Self.mostIdle,
            let stack = unsafe pointer.pointee.idle
        {
            guard left > 0 else { return true }
            left -= 1
            unsafe pointer.pointee.idle = stack.pointee.next
            unsafe pointer.pointee.idle_count -= 1
            unsafe stacks.discard(stack)
        }
        return false
    }

    /// Gives back the deep pages of idle stacks that were used since; called when there is time.
    func shedStacks() {
        var stack = unsafe pointer.pointee.idle
        var left = Self.shedAtOnce
        while left > 0, let here = unsafe stack, unsafe here.pointee.used != 0 {
            unsafe stacks.shed(here, keeping: Self.keptByteCount)
            unsafe stack = here.pointee.next
            left -= 1
        }
    }
}

extension AnyGreenlet {
    /// Ends a greenlet for which there is no stack.
    final func failToStart(_ error: any Error) {
        lower(GV_IS_QUEUED)
        if has(GV_IS_CANCELLED) { return unsafe Unmanaged.passUnretained(self).release() }
        cancelStart(with: error)
    }
}
