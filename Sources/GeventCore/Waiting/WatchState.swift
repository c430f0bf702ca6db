// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventLoop

/// What a hub knows of a descriptor that is watched, and who waits for it.
///
/// The poller holds it for as long as it may report something, which can be longer than the watch: the
/// last reference to that may go on another thread.
@safe final class WatchState {
    // SAFETY: a waiter's frame holds the watch, which holds this: nobody waits when it goes.
    /// The record, which the hub's thread alone touches; stays valid as long as this.
    let record: UnsafeMutablePointer<gv_descriptor_watch>
    /// What is called, on the hub's own stack, for each event, beside waking those who wait.
    private let onEvent: (() -> Void)?

    init(onEvent: (() -> Void)?) {
        self.onEvent = onEvent
        unsafe record = .allocate(capacity: 1)
        unsafe record.initialize(to: gv_descriptor_watch())
    }

    deinit { unsafe record.deallocate() }

    /// Those who wait in this direction.
    @inline(__always)
    func line(_ direction: DescriptorWatch.Direction) -> UnsafeMutablePointer<gv_wait_queue> {
        direction == .read
            ? unsafe gv_descriptor_readers(record) : unsafe gv_descriptor_writers(record)
    }

    /// Notes what the poller reports, and wakes whom it concerns.
    func note(_ readiness: Readiness) {
        if readiness.saysPeerHasEnded { unsafe record.pointee.has_ended = true }
        if readiness.isUrgent { unsafe record.pointee.had_urgent = true }
        // An error or a hang-up concerns both directions: the next call tells which.
        if readiness.concernsReaders {
            unsafe record.pointee.may_read = true
            unsafe gv_descriptor_wake(gv_descriptor_readers(record))
        }
        if readiness.concernsWriters {
            unsafe record.pointee.may_write = true
            unsafe gv_descriptor_wake(gv_descriptor_writers(record))
        }
        onEvent?()
    }

    /// Takes the note that an event came.
    @inline(__always)
    func take(_ direction: DescriptorWatch.Direction) -> Bool {
        switch direction {
        case .read: unsafe gv_descriptor_take(&record.pointee.may_read)
        case .write: unsafe gv_descriptor_take(&record.pointee.may_write)
        }
    }

    /// Wakes everybody, as the watch ends; on whatever thread that is.
    func wakeAll() {
        unsafe wakeAll(gv_descriptor_readers(record))
        unsafe wakeAll(gv_descriptor_writers(record))
    }

    private func wakeAll(_ line: UnsafeMutablePointer<gv_wait_queue>) {
        unsafe line.lock()
        _ = unsafe gv_wait_wake_all(line)
        unsafe line.unlock()
    }
}
