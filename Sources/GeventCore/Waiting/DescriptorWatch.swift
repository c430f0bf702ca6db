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

    private let scheduler: Scheduler
    private let hub: UnsafeMutablePointer<gv_hub>
    private let owner: UInt64
    private let token: PollToken
    private let state: WatchState
    private var isClosed = false

    /// Whether the peer was seen to send no more.
    ///
    /// It is reported once, maybe together with bytes.
    package var hasEnded: Bool { unsafe state.record.pointee.has_ended }

    /// Whether urgent bytes were ever seen to come.
    package var hadUrgent: Bool { unsafe state.record.pointee.had_urgent }

    /// Begins to watch `number`, which stays the caller's.
    ///
    /// - Parameters:
    ///   - number: An open descriptor.
    ///   - onEvent: Called on the hub's own stack for each event, beside waking those who wait.
    /// - Throws: `SystemError` of `epoll_ctl`.
    package init(_ number: Int32, onEvent: (() -> Void)? = nil) throws {
        state = WatchState(onEvent: onEvent)
        scheduler = .current
        unsafe hub = scheduler.pointer
        owner = HubNumber.here
        do { token = try scheduler.poller.register(number) } catch {
            state.release()
            throw error
        }
        // SAFETY: taken back by `end`, once the poller cannot report it any more.
        state.retain()
        unsafe scheduler.poller.setContext(UnsafeMutableRawPointer(state.record), of: token)
    }

    deinit {
        if !isClosed { end() }
        state.release()
    }

    /// Waits until the descriptor may be ready; a call may still find that it would block.
    ///
    /// > Suspends: Unless an event has come since the last wait in this direction.
    ///
    /// - Returns: False if `timeout` ran out first.
    /// - Throws: ``ConcurrentObjectUseError`` if another greenlet waits in this direction;
    ///   `SystemError` (EBADF) when closed; what strikes the greenlet.
    package func wait(for direction: Direction, timeout: Duration?) throws -> Bool {
        guard HubNumber.here == owner else {
            throw InvalidThreadUseError(HubNumber.foreignUse(of: "a descriptor", owner: owner))
        }
        try throwIfClosed()
        if take(direction) { return true }
        let line = unsafe state.line(direction)
        if let holder = unsafe line.pointee.head {
            throw unsafe secondUse(to: direction, holder: holder)
        }
        unsafe hub.pointee.outside_waits += 1
        unsafe hub.pointee.descriptor_waits += 1
        defer {
            unsafe hub.pointee.outside_waits -= 1
            unsafe hub.pointee.descriptor_waits -= 1
        }
        unsafe line.lock()
        let isReady = unsafe try Wait(what: direction == .read ? "read" : "write", object: self)
            .park(on: line, hub: hub, timeout: timeout)
        try throwIfClosed()
        // After a time-out the note of an event that came just now is kept for the next try.
        if isReady { _ = take(direction) }
        return isReady
    }

    /// Ends the watch, before the descriptor is closed: who waits gets EBADF.
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        end()
        state.wakeAll()
    }

    /// Takes the note that an event came; the caller is about to try.
    package func take(_ direction: Direction) -> Bool { state.take(direction) }

    // The poller belongs to the hub's thread. A late end harms nobody: a token is of one registration,
    // whatever has the number by then.
    private func end() {
        let token = token
        if HubNumber.here == owner {
            scheduler.poller.deregister(token)
            state.release()
            return
        }
        // SAFETY: both are touched by the callback only, on the hub's thread.
        nonisolated(unsafe) let (poller, state) = (scheduler.poller, state)
        let isHandedOver = scheduler.reference.submit {
            unsafe poller.deregister(token)
            unsafe state.release()
        }
        // A hub that has closed polls no more.
        if !isHandedOver { self.state.release() }
    }

    @inline(__always)
    private func throwIfClosed() throws {
        if isClosed { throw SystemError(call: "wait", code: 9) }
    }

    @inline(never)
    private func secondUse(
        to direction: Direction, holder: UnsafeMutablePointer<gv_waiter>
    ) -> ConcurrentObjectUseError {
        ConcurrentObjectUseError(
            unsafe "\(scheduler.name(gv_current(hub))) wants to \(direction) where "
                + "\(scheduler.name(holder.pointee.greenlet)) waits already")
    }
}
