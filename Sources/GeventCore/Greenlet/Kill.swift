// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

extension AnyGreenlet {
    /// Makes the greenlet end: `error` is thrown where it waits.
    ///
    /// One that has not run yet never will, but its links are called. One that has ended is left
    /// alone. ``GreenletExit`` is thrown again by every wait until the body has returned; an error
    /// of your own is thrown once, and the body may catch it and go on.
    ///
    /// > Suspends: When `block` is true and the greenlet has not ended.
    ///
    /// - Parameters:
    ///   - error: What is thrown.
    ///   - block: Whether to wait for the end.
    ///   - timeout: How long to wait for it; `nil` waits for ever.
    /// - Returns: Whether it has ended. With `block` false, whether it had never run.
    /// - Throws: What strikes the caller while it waits; the `error` itself if the caller is killing
    ///   the greenlet it runs in.
    ///
    /// gevent: `kill`.
    @discardableResult
    public final func kill(
        throwing error: any Error = GreenletExit(), block: Bool = true, timeout: Duration? = nil
    ) throws -> Bool {
        if isReady { return true }
        if isCurrent {
            strike(with: error)
            if block { try throwIfInterrupted() }
            return false
        }
        send(error)
        return block ? try join(timeout: timeout) : isReady
    }

    /// Has `error` thrown in the greenlet, from whatever thread; does not wait.
    final func send(_ error: any Error) {
        let hub = unsafe gv_hub_of(node)
        if unsafe hub == gv_hub_here() { return strike(with: error) }
        // SAFETY: the object is only touched by the callback, on its own hub's thread.
        nonisolated(unsafe) let target = self
        // A hub that has closed has ended its greenlets.
        unsafe HubReference.of(node).submit { unsafe target.strike(with: error) }
    }

    private final func strike(with error: any Error) {
        if has(GV_IS_FINISHED) { return }
        guard has(GV_IS_RUNNING) else { return cancelStart(with: error) }
        unsafe Interrupts.of(node).send(
            Interrupt(error: error, kind: error is GreenletExit ? .sticky : .once))
    }

    /// Throws at once what would be thrown at the next wait.
    private final func throwIfInterrupted() throws {
        guard has(GV_IS_INTERRUPTED) else { return }
        unsafe try throwInterrupt(of: node, hub: node.pointee.hub)
    }

    final var isCurrent: Bool {
        guard let hub = unsafe gv_hub_here() else { return false }
        return unsafe hub.pointee.current == node
    }
}

/// Kills `greenlet` without waiting for its end.
///
/// gevent: `gevent.kill`.
public func kill(_ greenlet: AnyGreenlet, throwing error: any Error = GreenletExit()) {
    if greenlet.isReady { return }
    greenlet.send(error)
}

/// Kills many greenlets, then waits for all of them.
///
/// > Suspends: When `block` is true and one of them has not ended.
///
/// - Parameters:
///   - greenlets: Those to kill. Each is killed once, then waited for, whatever it does about it.
///   - error: What is thrown in them.
///   - block: Whether to wait for their end.
///   - timeout: How long to wait; `nil` waits for ever.
/// - Throws: ``Timeout`` when the time runs out first, unlike the `kill` of one greenlet, and what
///   strikes the caller while it waits.
/// - Complexity: O(n).
///
/// gevent: `gevent.killall`.
public func killAll(
    _ greenlets: some Sequence<AnyGreenlet>, throwing error: any Error = GreenletExit(),
    block: Bool = true, timeout: Duration? = nil
) throws {
    let victims = Array(greenlets)
    for victim in victims where !victim.isReady && !victim.isCurrent { victim.send(error) }
    guard block else { return }
    let limit = Limit(timeout)
    for victim in victims where !victim.isCurrent {
        guard try victim.join(timeout: limit.remaining) else { throw Timeout(timeout) }
    }
}
