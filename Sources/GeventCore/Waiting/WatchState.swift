// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventLoop

/// What a hub knows of a descriptor that is watched, and who waits for it: a reference to the record.
///
/// The poller has one for as long as it may report something, which can be longer than the watch: the
/// last may go on another thread.
@safe struct WatchState {
    // SAFETY: whoever makes or retains one releases it, and uses the record until then.
    let record: UnsafeMutablePointer<gv_descriptor_watch>

    /// A new record.
    ///
    /// - Parameter onEvent: Called on the hub's own stack for each event, beside waking those who wait.
    init(onEvent: (() -> Void)?) {
        // SAFETY: `release` takes the function back.
        let action = unsafe onEvent.map {
            unsafe Unmanaged.passRetained(EventAction(run: $0)).toOpaque()
        }
        unsafe record = gv_descriptor_watch_make(action)
    }

    /// The record that was registered with the poller.
    @unsafe init(context: UnsafeMutableRawPointer) {
        unsafe record = context.assumingMemoryBound(to: gv_descriptor_watch.self)
    }

    /// Takes one more reference.
    func retain() { unsafe gv_descriptor_watch_retain(record) }

    /// Gives a reference back.
    func release() {
        guard unsafe gv_descriptor_watch_release(record) else { return }
        // SAFETY: nobody else has the record any more.
        if let action = unsafe record.pointee.on_event {
            unsafe Unmanaged<EventAction>.fromOpaque(action).release()
        }
        unsafe gv_descriptor_watch_free(record)
    }

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
        if let action = unsafe record.pointee.on_event {
            // SAFETY: the record is there, and keeps it; but not while it runs.
            unsafe Unmanaged<EventAction>.fromOpaque(action).takeUnretainedValue().run()
        }
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

/// What a record calls for each event.
private final class EventAction {
    let run: () -> Void

    init(run: @escaping () -> Void) { self.run = run }
}
