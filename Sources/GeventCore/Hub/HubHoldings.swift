// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventFiber
internal import GeventLoop

extension Hub {
    /// How many stacks are neither idle nor the hub's own: those on which greenlets live.
    package var stacksInUse: Int {
        var retired = 0
        var stack = unsafe pointer.pointee.retired
        while let here = unsafe stack {
            retired += 1
            unsafe stack = here.pointee.next
        }
        return unsafe stacks.liveCount - Int(pointer.pointee.idle_count) - retired - 1
    }

    /// How many timers will fire.
    package var timerCount: Int { scheduler.timers.count }

    /// The timers that will fire, in no order.
    ///
    /// - Complexity: O(n) of the timers and greenlets.
    package var heldTimers: [HeldTimer] {
        var starts: [UnsafeMutableRawPointer: AnyGreenlet] = unsafe [:]
        for greenlet in greenlets {
            guard let timer = greenlet.locked({ unsafe greenlet.extras?.delayedStart }) else {
                continue
            }
            // SAFETY: only the address is compared, with that of a timer that is pending.
            unsafe starts[Unmanaged.passUnretained(timer).toOpaque()] = greenlet
        }
        let now = unsafe HubClock.now(of: pointer)
        return scheduler.timers.pending.map { timer in
            var owner: AnyGreenlet?
            if let context = unsafe timer.context {
                if timer.kind == TimerKind.wait {
                    // SAFETY: a wait takes its timer out of the heap before its frame goes.
                    let waiter = unsafe context.assumingMemoryBound(to: gv_waiter.self)
                    owner = unsafe AnyGreenlet.of(waiter.pointee.greenlet)
                } else {
                    owner = unsafe starts[context]
                }
            }
            let left = timer.deadline.nanosecondsLeft(at: now).map { Duration.nanoseconds($0) }
            return HeldTimer(
                sequence: timer.sequence, isOfWait: timer.kind == TimerKind.wait, owner: owner,
                left: left)
        }
    }
}

/// A timer that a hub holds, for reports.
package struct HeldTimer {
    /// No other timer of the hub ever has the same.
    package let sequence: UInt64
    /// Whether it limits a wait; else it calls a function.
    package let isOfWait: Bool
    /// The greenlet that waits, or that it will start; `nil` if it does something else.
    package let owner: AnyGreenlet?
    /// How long it takes until it fires; `nil` if it never does.
    package let left: Duration?
}

extension AnyGreenlet {
    /// Which of its hub's starts it was.
    package final var serial: UInt64 { unsafe node.pointee.serial }

    /// Whether it waits for something.
    package final var isParked: Bool { unsafe node.pointee.waiter != nil }

    /// Whether it has begun and not ended, and so has a stack.
    package final var hasStack: Bool { unsafe !isReady && node.pointee.stack != nil }
}
