// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventLoop
internal import GeventSystem

/// Time that a test is in charge of.
///
/// It stands still while greenlets run. When all of them wait, it jumps to the next deadline: at
/// once if nothing but time is waited for, else when nothing has come from outside for a while.
package struct VirtualTime {
    /// For how many nanoseconds of real time descriptors must have been quiet before a jump.
    package let patience: UInt64

    /// Time that waits for descriptors as long as it is told to.
    package init(patience: Duration) {
        self.patience = Deadline.after(patience, from: 0).nanoseconds
    }

    /// Where such a clock begins.
    private static let start: UInt64 = 1_000_000_000

    /// Puts the clock of a hub that nobody waits in yet into the charge of a test.
    package func takeCharge(of scheduler: Scheduler) {
        require(scheduler.timers.count == 0, "a hub's clock is changed before anybody waits")
        scheduler.virtualTime = self
        unsafe scheduler.pointer.pointee.virtual_now = Self.start
    }
}

extension Scheduler {
    /// Puts a clock that a test is in charge of forward.
    package func advance(by duration: Duration) {
        unsafe pointer.pointee.virtual_now =
            Deadline.after(duration, from: pointer.pointee.virtual_now).nanoseconds
        unsafe pointer.pointee.budget = 0
    }
}

extension Hub {
    /// Lets time pass on a test's clock until somebody is ready or the next timer is due.
    func passTime(_ virtual: VirtualTime) {
        let now = unsafe pointer.pointee.virtual_now
        let left = scheduler.timers.nextDeadline.nanosecondsLeft(at: now)
        let wait = realWait(virtual, left)
        let begin = MonotonicClock.now
        if wait != 0 || scheduler.poller.count > 0 { poll(nanoseconds: wait) }
        _ = unsafe gv_remote_take(pointer)
        let passed = MonotonicClock.now - begin
        let isQuiet = unsafe pointer.pointee.ready_head == nil && passed >= wait ?? .max
        // Real time counts as well, or what is interrupted again and again would never be due.
        let step = isQuiet ? left ?? passed : min(passed, left ?? .max)
        unsafe pointer.pointee.virtual_now = now + step
        fireTimers(now: now + step)
    }

    /// How many real nanoseconds to wait before time may jump by `left`; `nil` for ever.
    private func realWait(_ virtual: VirtualTime, _ left: UInt64?) -> UInt64? {
        let hasJobs = scheduler.outsideWaits > scheduler.descriptorWaits
        // Other threads take the time that they take: no jump, it would end their waiters' patience.
        if hasJobs || mayBeSpokenTo || isWakeUnderWay { return left }
        guard scheduler.descriptorWaits > 0 else { return left == nil ? nil : 0 }
        return left.map { min($0, virtual.patience) }
    }
}
