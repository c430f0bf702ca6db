// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

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
    /// - Precondition: Called on the thread of the greenlet's hub.
    ///
    /// gevent: `link`.
    @discardableResult
    public func link(_ callback: @escaping (Self) throws -> Void) -> LinkToken {
        raise(GV_IS_OBSERVED)
        return add { [unowned self] in spawnCall(callback) }
    }

    /// Calls `callback` in a greenlet of its own if this one ends without an error.
    ///
    /// Having been killed by ``GreenletExit`` counts as success, as in gevent.
    ///
    /// - Parameter callback: Gets the greenlet that ended; may wait.
    /// - Returns: What ``AnyGreenlet/unlink(_:)`` takes.
    /// - Precondition: Called on the thread of the greenlet's hub.
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
    /// - Precondition: Called on the thread of the greenlet's hub.
    ///
    /// gevent: `link_exception`.
    @discardableResult
    public func linkError(_ callback: @escaping (Self) throws -> Void) -> LinkToken {
        add { [unowned self] in
            guard has(GV_WAS_FAILED) else { return }
            raise(GV_IS_OBSERVED)
            spawnCall(callback)
        }
    }

    /// Calls `callback` from the hub once this greenlet has ended: cheaper, but it must not wait.
    ///
    /// - Parameter callback: Gets the greenlet that ended. An error is reported.
    /// - Returns: What ``AnyGreenlet/unlink(_:)`` takes.
    /// - Precondition: Called on the thread of the greenlet's hub.
    ///
    /// gevent: `rawlink`.
    @discardableResult
    public func rawLink(_ callback: @escaping (Self) throws -> Void) -> LinkToken {
        add { [self] in scheduler.runCallback { try callback(self) } }
    }

    private func spawnCall(_ callback: @escaping (Self) throws -> Void) {
        spawnRaw { [self] in try callback(self) }
    }
}

extension AnyGreenlet {
    final func add(_ call: @escaping () -> Void) -> LinkToken {
        requireOwnThread("a link to a greenlet is made")
        let extras = details
        extras.nextLink += 1
        let link = Link(token: LinkToken(number: extras.nextLink), call: call)
        if has(GV_IS_FINISHED) {
            // Not called in place, so that a link never runs before the caller goes on.
            scheduler.runCallback { [self] in withExtendedLifetime(self) { link.call() } }
        } else {
            extras.links.append(link)
        }
        return link.token
    }

    /// Takes a link back; does nothing if it was called or taken back before.
    ///
    /// gevent: `unlink`.
    public final func unlink(_ token: LinkToken) {
        unsafe extras?.links.removeAll { $0.token == token }
    }

    /// Takes all links back.
    ///
    /// gevent: `unlink_all`.
    public final func unlinkAll() { unsafe extras?.links = [] }

    /// Whether there are links that have not been called.
    ///
    /// gevent: `has_links`.
    public final var hasLinks: Bool { unsafe extras.map { !$0.links.isEmpty } ?? false }

    final func notifyLinks() {
        guard let extras = unsafe extras else { return }
        // One by one, since a link may take back those behind it.
        while !extras.links.isEmpty { extras.links.removeFirst().call() }
    }
}
