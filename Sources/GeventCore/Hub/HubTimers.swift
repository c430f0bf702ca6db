// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventLoop

extension Hub {
    /// Does what the timers that are due say; returns whether there were any.
    @discardableResult
    func fireTimers(now: UInt64) -> Bool {
        var didFire = false
        while let timer = unsafe scheduler.timers.popExpired(now: now) {
            didFire = true
            guard let context = unsafe timer.pointee.context else { continue }
            if unsafe timer.pointee.kind == TimerKind.wait {
                // SAFETY: a wait takes its timer out of the heap before its frame goes.
                let waiter = unsafe context.assumingMemoryBound(to: gv_waiter.self)
                guard unsafe gv_claim(waiter, UInt32(GV_TIMED_OUT)) else { continue }
                unsafe gv_ready_push(
                    pointer,
                    UnsafeMutableRawPointer(waiter.pointee.greenlet).assumingMemoryBound(
                        to: gv_ready.self))
            } else {
                // SAFETY: a pending timer was retained when it was started.
                unsafe Unmanaged<HubTimer>.fromOpaque(context).takeRetainedValue().fire()
            }
        }
        return didFire
    }
}
