// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventLoop
internal import GeventSystem

/// A descriptor that greenlets of one hub wait for.
///
/// Registered once, edge-triggered, for both directions: a wait costs no system call. Try first,
/// and wait when the call would block.
@safe package final class DescriptorWatch {
    /// The two ways in which a descriptor can be ready.
    package enum Direction: Sendable { case read, write }

    private struct Side {
        var isReady = false
        var isWaited = false
    }

    private let scheduler: Scheduler
    private let token: PollToken
    private let lines = (WaitList(), WaitList())
    private var sides = (read: Side(), write: Side())
    private var isClosed = false
    /// Whether the peer was seen to send no more.
    ///
    /// It is reported once, maybe together with bytes.
    package private(set) var hasEnded = false

    /// Begins to watch `number`, which stays the caller's.
    package init(_ number: Int32) throws {
        scheduler = .current
        token = try scheduler.poller.register(number)
        // SAFETY: the registration ends before the watch goes.
        unsafe scheduler.poller.setContext(Unmanaged.passUnretained(self).toOpaque(), of: token)
    }

    deinit { if !isClosed { scheduler.poller.deregister(token) } }

    /// Waits until the descriptor may be ready; a call may still find that it would block.
    ///
    /// > Suspends: Unless an event has come since the last wait in this direction.
    ///
    /// - Returns: False if `timeout` ran out first.
    /// - Throws: ``ConcurrentObjectUseError`` if another greenlet waits in this direction;
    ///   `SystemError` (EBADF) when closed; what strikes the greenlet.
    package func wait(for direction: Direction, timeout: Duration?) throws -> Bool {
        guard unsafe gv_hub_here() == scheduler.pointer else {
            throw InvalidThreadUseError(
                "a descriptor of another hub is waited for: hand it over first")
        }
        try throwIfClosed()
        if take(direction) { return true }
        let line = direction == .read ? lines.0 : lines.1
        if let holder = unsafe line.queue.pointee.head {
            throw ConcurrentObjectUseError(
                unsafe "\(scheduler.name(scheduler.pointer.pointee.current)) wants to \(direction) where "
                    + "\(scheduler.name(holder.pointee.greenlet)) waits already")
        }
        scheduler.outsideWaits += 1
        defer { scheduler.outsideWaits -= 1 }
        unsafe line.queue.lock()
        let isReady = unsafe try Wait(what: direction == .read ? "read" : "write", object: self)
            .park(on: line.queue, hub: scheduler.pointer, timeout: timeout)
        try throwIfClosed()
        // After a time-out the note of an event that came just now is kept for the next try.
        if isReady { _ = take(direction) }
        return isReady
    }

    /// Ends the watch, before the descriptor is closed: who waits gets EBADF.
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        scheduler.poller.deregister(token)
        wake(lines.0)
        wake(lines.1)
    }

    func note(_ readiness: Readiness) {
        if !readiness.isDisjoint(with: [.peerClosed, .hangup]) { hasEnded = true }
        // An error or a hang-up concerns both directions: the next call tells which.
        if readiness.concernsReaders {
            sides.read.isReady = true
            wake(lines.0)
        }
        if readiness.concernsWriters {
            sides.write.isReady = true
            wake(lines.1)
        }
    }

    /// Takes the note that an event came; the caller is about to try.
    package func take(_ direction: Direction) -> Bool {
        switch direction {
        case .read:
            defer { sides.read.isReady = false }
            return sides.read.isReady
        case .write:
            defer { sides.write.isReady = false }
            return sides.write.isReady
        }
    }

    private func wake(_ line: WaitList) {
        unsafe line.queue.lock()
        _ = unsafe gv_wait_wake_all(line.queue)
        unsafe line.queue.unlock()
    }

    private func throwIfClosed() throws {
        if isClosed { throw SystemError(call: "wait", code: 9) }
    }
}
