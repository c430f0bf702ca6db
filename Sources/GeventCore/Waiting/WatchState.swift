// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventLoop

/// What a hub knows of a descriptor that is watched, and who waits for it.
///
/// The poller holds it for as long as it may report something, which can be longer than the watch: the
/// last reference to that may go on another thread.
@safe final class WatchState {
    private struct Side {
        let line = WaitList()
        var isReady = false
    }

    private var reading = Side()
    private var writing = Side()
    /// Whether the peer was seen to send no more.
    private(set) var hasEnded = false
    /// What is called, on the hub's own stack, for each event, beside waking those who wait.
    let onEvent: (() -> Void)?
    /// Whether urgent bytes were ever seen.
    private(set) var hadUrgent = false

    init(onEvent: (() -> Void)?) { self.onEvent = onEvent }

    /// Those who wait in this direction.
    func line(_ direction: DescriptorWatch.Direction) -> WaitList {
        direction == .read ? reading.line : writing.line
    }

    /// Notes what the poller reports, and wakes whom it concerns.
    func note(_ readiness: Readiness) {
        if readiness.saysPeerHasEnded { hasEnded = true }
        if readiness.contains(.urgent) { hadUrgent = true }
        // An error or a hang-up concerns both directions: the next call tells which.
        if readiness.concernsReaders {
            reading.isReady = true
            wake(reading.line)
        }
        if readiness.concernsWriters {
            writing.isReady = true
            wake(writing.line)
        }
        onEvent?()
    }

    /// Takes the note that an event came.
    func take(_ direction: DescriptorWatch.Direction) -> Bool {
        switch direction {
        case .read:
            defer { reading.isReady = false }
            return reading.isReady
        case .write:
            defer { writing.isReady = false }
            return writing.isReady
        }
    }

    /// Wakes everybody, as the watch ends.
    func wakeAll() {
        wake(reading.line)
        wake(writing.line)
    }

    private func wake(_ line: WaitList) {
        unsafe line.queue.lock()
        _ = unsafe gv_wait_wake_all(line.queue)
        unsafe line.queue.unlock()
    }
}
