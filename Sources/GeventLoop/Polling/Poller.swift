// SPDX-License-Identifier: Apache-2.0

package import GeventSystem

/// Waits in the kernel for the descriptors of one hub.
///
/// A descriptor is registered once, for reading and writing, and reported when that *changes*. So
/// who finds nothing to read waits for the next report, and who has not tried yet tries first.
/// A poller belongs to one thread; others reach it through ``waker``.
///
/// Call: `epoll`.
package final class Poller {
    /// Ends a wait from another thread.
    package let waker: Waker

    private let epoll: Epoll
    private let events = EpollEvents(capacity: 256)
    private let wakerToken: PollToken
    private let table = PollTable()
    private var isPolling = false
    private var currentScript: PollScript?
    private var registered = 0
    private var stale: UInt64 = 0

    /// What answers in place of the kernel, in tests; `nil` otherwise.
    package var script: PollScript? {
        get { currentScript }
        set { currentScript = newValue }
    }

    /// How many descriptors are registered.
    package var count: Int { registered }

    /// How many events came for registrations that had ended, and were dropped.
    package var staleEventCount: UInt64 { stale }

    private static let interest: EpollFlags = [
        .readable, .urgent, .writable, .peerClosed, .edgeTriggered,
    ]

    /// Opens a poller without descriptors.
    ///
    /// - Throws: ``SystemError`` `EMFILE` or `ENFILE` when there are no two numbers left.
    ///
    /// Call: `epoll_create1`, `eventfd`.
    package init() throws(SystemError) {
        epoll = try Epoll()
        waker = try Waker()
        // The waker's generation is 0 and every other one at least 1, so no token is ever equal.
        wakerToken = PollToken(number: waker.number, generation: 0)
        try epoll.add(
            waker.number, interest: [.readable, .edgeTriggered], token: wakerToken.rawValue)
    }

    /// Begins to report a descriptor; what is ready already is reported by the next poll.
    ///
    /// A number that is registered belongs to a descriptor that was closed behind the poller's back:
    /// its registration ends, and its token is stale from then on.
    ///
    /// - Parameters:
    ///   - fd: A non-blocking descriptor.
    ///   - context: Comes back with each event.
    /// - Returns: What the events will carry, and what ends the registration.
    /// - Throws: ``SystemError`` `EPERM` for a regular file or folder, which is always ready;
    ///   `ENOSPC` at the limit `fs.epoll.max_user_watches`.
    ///
    /// Call: `epoll_ctl` with `EPOLL_CTL_ADD`.
    @safe
    package func register(
        _ fd: Int32, context: UnsafeMutableRawPointer? = nil
    ) throws(SystemError) -> PollToken {
        table.reserve(fd)
        if table[fd].isLive { end(fd) }
        let generation = table[fd].generation == .max ? 1 : table[fd].generation + 1
        let token = PollToken(number: fd, generation: generation)
        try watch(token)
        // SAFETY: the context is stored and given back, never looked at.
        unsafe table[fd] = PollSlot(generation: generation, isLive: true, context: context)
        registered += 1
        return token
    }

    /// Ends a registration; does nothing for one that has ended.
    ///
    /// Call it before the descriptor is closed. Events that are under way are dropped, also those of
    /// the poll that is just being delivered.
    ///
    /// Call: `epoll_ctl` with `EPOLL_CTL_DEL`.
    package func deregister(_ token: PollToken) {
        guard table.holds(token) else { return }
        end(token.number)
        if currentScript?.replacesKernel == true { return }
        // A failure means that the kernel does not watch the number any more: it was closed.
        try? epoll.remove(token.number)
    }

    /// The live registration of a descriptor; `nil` when there is none.
    package func token(of fd: Int32) -> PollToken? {
        guard fd >= 0, Int(fd) < table.capacity, table[fd].isLive else { return nil }
        return PollToken(number: fd, generation: table[fd].generation)
    }

    /// What was given with a registration; `nil` also for one that has ended.
    package func context(of token: PollToken) -> UnsafeMutableRawPointer? {
        table.holds(token) ? unsafe table[token.number].context : nil
    }

    /// Changes what comes back with the events of a registration; nothing for one that has ended.
    @safe
    package func setContext(_ context: UnsafeMutableRawPointer?, of token: PollToken) {
        if table.holds(token) { unsafe table[token.number].context = context }
    }

    /// Has what is ready now reported once more, for every registration.
    ///
    /// For a test that has told a lie: after an invented `EAGAIN` the kernel has nothing new to say.
    ///
    /// Call: `epoll_ctl` with `EPOLL_CTL_MOD`.
    package func reportAgain() {
        for fd in 0..<Int32(clamping: table.capacity) {
            guard let token = token(of: fd) else { continue }
            // A failure means that it was closed; then there is nothing to report.
            try? epoll.modify(fd, interest: Self.interest, token: token.rawValue)
        }
    }

    /// Waits for events and delivers up to 256 of them.
    ///
    /// Returns early, without events, when a signal arrives or ``Waker/wake()`` is called. After
    /// each poll look at what other threads have left: their wake-ups until now count as seen.
    ///
    /// - Parameters:
    ///   - timeoutNanoseconds: How long to wait at most; 0 only looks, `nil` waits for ever.
    ///   - deliver: Gets the events in the kernel's order. It may register and deregister, not poll.
    /// - Returns: How many events were delivered.
    /// - Throws: ``SystemError`` when the kernel's list is gone.
    ///
    /// Call: `epoll_pwait2`, `epoll_wait`.
    @discardableResult
    package func poll(
        timeoutNanoseconds: UInt64?, _ deliver: (PollEvent) -> Void
    ) throws(SystemError) -> Int {
        require(!isPolling, "a poller was polled while it delivers events")
        if let script = currentScript, let events = try read(script, timeoutNanoseconds) {
            return deliverAll(events.count, { (events[$0].token, events[$0].readiness) }, deliver)
        }
        let arrived = try wait(timeoutNanoseconds)
        return deliverAll(
            arrived, { (PollToken(rawValue: events[$0].token), Readiness(events[$0].flags)) },
            deliver)
    }

    // Inlined, so that the source of the events is no call for each.
    @inline(__always)
    private func deliverAll(
        _ count: Int, _ event: (Int) -> (token: PollToken, readiness: Readiness),
        _ deliver: (PollEvent) -> Void
    ) -> Int {
        isPolling = true
        defer { isPolling = false }
        var delivered = 0
        for index in 0..<count {
            let (token, readiness) = event(index)
            if token == wakerToken { continue }
            guard table.holds(token) else {
                stale += 1
                continue
            }
            delivered += 1
            deliver(
                unsafe PollEvent(
                    token: token, readiness: readiness, context: table[token.number].context))
        }
        return delivered
    }

    /// What a script says in place of the kernel; `nil` to ask that after all.
    private func read(
        _ script: PollScript, _ timeoutNanoseconds: UInt64?
    ) throws(SystemError) -> [PollScript.Event]? {
        switch script.answer(timeoutNanoseconds) {
        case .kernel: return nil
        case .events(let events):
            waker.endSleep()
            return events
        case .failure(let code):
            waker.endSleep()
            _ = try Epoll.eventCount(answer: -Int(code))
            return []
        }
    }

    private func wait(_ timeoutNanoseconds: UInt64?) throws(SystemError) -> Int {
        let maySleep = timeoutNanoseconds != 0 && waker.beginSleep()
        defer { waker.endSleep() }
        return try epoll.wait(into: events, nanoseconds: maySleep ? timeoutNanoseconds : 0)
    }

    private func watch(_ token: PollToken) throws(SystemError) {
        if currentScript?.replacesKernel == true { return }
        do {
            try epoll.add(token.number, interest: Self.interest, token: token.rawValue)
        } catch  where error.isAlreadyWatched {
            // The number was closed and a copy of the same open file moved back to it (dup2).
            try epoll.modify(token.number, interest: Self.interest, token: token.rawValue)
        }
    }

    private func end(_ fd: Int32) {
        table[fd].isLive = false
        unsafe table[fd].context = nil
        registered -= 1
    }
}

extension Readiness {
    /// The kernel's word for it.
    fileprivate init(_ flags: EpollFlags) {
        let bits = flags.rawValue
        self.init(rawValue: UInt8(truncatingIfNeeded: bits & 0x1F | (bits & 0x2000) >> 8))
    }
}
