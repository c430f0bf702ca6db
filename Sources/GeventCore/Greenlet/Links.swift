// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

/// What can call a function when it has ended, handing over itself.
///
/// There for the type of the closure's parameter only; every greenlet conforms.
public protocol GreenletProtocol: AnyGreenlet {}

extension AnyGreenlet: GreenletProtocol {}

extension GreenletProtocol {
    /// Calls `callback` in a greenlet of its own once this one has ended.
    ///
    /// Links are called in the order they were made; an error thrown by one is reported and stops
    /// no other. On a greenlet that has ended already, the call is made all the same.
    ///
    /// - Parameter callback: Gets the greenlet that ended; may wait.
    /// - Returns: What ``AnyGreenlet/unlink(_:)`` takes.
    /// - Precondition: The thread has a hub; the call is made there, whichever hub the greenlet is of.
    ///
    /// gevent: `link`.
    @discardableResult
    public func link(_ callback: @escaping (Self) throws -> Void) -> LinkToken {
        unsafe gv_observe(node)
        return add { [unowned self] in spawnCall(callback) }
    }

    /// Calls `callback` in a greenlet of its own if this one ends without an error.
    ///
    /// Having been killed by ``GreenletExit`` counts as success, as in gevent.
    ///
    /// - Parameter callback: Gets the greenlet that ended; may wait.
    /// - Returns: What ``AnyGreenlet/unlink(_:)`` takes.
    /// - Precondition: The thread has a hub; the call is made there, whichever hub the greenlet is of.
    ///
    /// gevent: `link_value`.
    @discardableResult
    public func linkValue(_ callback: @escaping (Self) throws -> Void) -> LinkToken {
        add { [unowned self] in if !has(GV_WAS_FAILED) { spawnCall(callback) } }
    }

    /// Calls `callback` in a greenlet of its own if this one ends by an error.
    ///
    /// - Parameter callback: Gets the greenlet that ended; may wait.
    /// - Returns: What ``AnyGreenlet/unlink(_:)`` takes.
    /// - Precondition: The thread has a hub; the call is made there, whichever hub the greenlet is of.
    ///
    /// gevent: `link_exception`.
    @discardableResult
    public func linkError(_ callback: @escaping (Self) throws -> Void) -> LinkToken {
        add { [unowned self] in
            guard has(GV_WAS_FAILED) else { return }
            unsafe gv_observe(node)
            spawnCall(callback)
        }
    }

    /// Calls `callback` from the hub once this greenlet has ended: cheaper, but it must not wait.
    ///
    /// - Parameter callback: Gets the greenlet that ended. An error is reported.
    /// - Returns: What ``AnyGreenlet/unlink(_:)`` takes.
    /// - Precondition: The thread has a hub; the call is made there, whichever hub the greenlet is of.
    ///
    /// gevent: `rawlink`.
    @discardableResult
    public func rawLink(_ callback: @escaping (Self) throws -> Void) -> LinkToken {
        add { [unowned self] in try callback(self) }
    }

    private func spawnCall(_ callback: @escaping (Self) throws -> Void) {
        spawnRaw { [self] in try callback(self) }
    }
}

extension AnyGreenlet {
    final func add(_ callback: @escaping () throws -> Void) -> LinkToken {
        require(
            unsafe gv_hub_here() != nil,
            "a link made on a thread without a hub has nowhere to run: join the greenlet there")
        return add(.onThisHub(of: self, callback))
    }

    /// Has `link` started when the greenlet has ended, which may be now.
    final func add(_ link: ReadyLink) -> LinkToken {
        let isOver = locked {
            if has(GV_IS_FINISHED) { return true }
            extrasLocked.links.add(link)
            return false
        }
        if isOver { link.start() }
        return link.token
    }

    /// Takes a link back, from whatever thread; does nothing if it was called or taken back before.
    ///
    /// gevent: `unlink`.
    public final func unlink(_ token: LinkToken) {
        _ = token.claim()
        // What it holds is let go of outside of the lock, since a deinit may come back here.
        withExtendedLifetime(locked { unsafe extras?.links.remove(token) }) {}
    }

    /// Takes all links back, from whatever thread.
    ///
    /// gevent: `unlink_all`.
    public final func unlinkAll() {
        for link in locked({ unsafe extras?.links.take() ?? [] }) { _ = link.token.claim() }
    }

    /// Whether there are links that have not been started.
    ///
    /// gevent: `has_links`.
    public final var hasLinks: Bool {
        locked { unsafe extras.map { !$0.links.isEmpty } ?? false }
    }
}
