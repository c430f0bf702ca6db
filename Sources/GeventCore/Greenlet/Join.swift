// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

extension AnyGreenlet {
    /// Waits for the end.
    ///
    /// > Suspends: When it has not ended.
    ///
    /// - Parameter timeout: How long to wait; `nil` waits for ever.
    /// - Returns: Whether it has ended; running out of time is no error.
    /// - Throws: What strikes the caller while it waits; never the error of the greenlet.
    /// - Complexity: O(1).
    ///
    /// gevent: `join`.
    @discardableResult
    public final func join(timeout: Duration? = nil) throws -> Bool {
        // On its own thread the flag needs no lock.
        if unsafe has(GV_IS_FINISHED) && node.pointee.hub == gv_hub_here() { return true }
        let hub = unsafe waitingHubPointer()
        require(unsafe hub.pointee.current != node, "a greenlet waits for its own end")
        if unsafe node.pointee.hub != hub { return unsafe try joinElsewhere(hub, timeout) }
        return unsafe try joinHere(hub, timeout)
    }

    private final func joinHere(_ hub: UnsafeMutablePointer<gv_hub>, _ timeout: Duration?) throws
        -> Bool
    {
        let joiners = unsafe gv_joiners(node)
        unsafe gv_line_lock(joiners)
        if has(GV_IS_FINISHED) {
            unsafe gv_line_unlock(joiners)
            return true
        }
        if let timeout {
            return unsafe try Wait(what: "Greenlet.join", object: self)
                .park(on: joiners, hub: hub, timeout: timeout)
        }
        let name: StaticString = "Greenlet.join"
        let outcome = unsafe gv_wait_park(
            hub, joiners, gv_line_word(joiners), node.pointee.object,
            UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self), nil, 0)
        if outcome != UInt32(GV_WOKEN) { try throwWhatStruck() }
        return true
    }

    /// Waits for a greenlet of another hub, which keeps this one alive meanwhile.
    private final func joinElsewhere(
        _ hub: UnsafeMutablePointer<gv_hub>, _ timeout: Duration?
    ) throws -> Bool {
        // What its hub has not started will never be.
        if unsafe !isReady && HubReference.of(node).isClosed { throw HubClosed() }
        let scheduler = unsafe gv_is_native(hub) ? nil : Scheduler.of(hub)
        scheduler?.outsideWaits += 1
        defer { scheduler?.outsideWaits -= 1 }
        return unsafe try joinHere(hub, timeout)
    }
}

extension Greenlet {
    /// The value of the body, waited for if need be.
    ///
    /// > Suspends: When it has not ended and `block` is true.
    ///
    /// - Parameters:
    ///   - block: False does not wait.
    ///   - timeout: How long to wait; `nil` waits for ever.
    /// - Returns: What the body returned.
    /// - Throws: The very error that ended the body; ``GreenletExit`` if it was killed; ``Timeout``
    ///   when there is no outcome yet; what strikes the caller while it waits.
    ///
    /// gevent: `get`.
    public final func get(block: Bool = true, timeout: Duration? = nil) throws -> Value {
        guard try block ? join(timeout: timeout) : isReady else {
            throw Timeout(block ? timeout : .zero)
        }
        if let failure = unsafe failure {
            unsafe gv_observe(node)
            throw failure
        }
        // A body of type Value that returned has left one.
        guard let result = result else {
            trap("a greenlet has ended without an outcome")
        }
        return result
    }
}
