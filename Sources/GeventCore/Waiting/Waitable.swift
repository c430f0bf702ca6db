// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// Something that becomes ready, and that ``wait(_:timeout:count:)`` can wait for.
///
/// Greenlets, events, results and semaphores are. A type of your own conforms by calling what was
/// linked once it is ready.
///
/// gevent: any object with `rawlink`.
public protocol Waitable: AnyObject {
    /// Whether it is ready now.
    var isReady: Bool { get }

    /// Has `callback` called by the hub once this is ready; soon, if it is already.
    func linkReady(_ callback: @escaping () -> Void) -> LinkToken

    /// Takes a link back; does nothing if it was called before.
    func unlink(_ token: LinkToken)
}

extension AnyGreenlet: Waitable {
    /// Has `callback` called by the hub once the greenlet has ended.
    ///
    /// - Precondition: Called on the thread of the greenlet's hub.
    ///
    /// gevent: `rawlink`.
    public final func linkReady(_ callback: @escaping () -> Void) -> LinkToken {
        let hub = ownHub
        return add { hub.runCallback(callback) }
    }
}

/// Links from a primitive to whoever wants to know that it is ready.
///
/// Kept by the primitive under its own lock.
package struct ReadyLinks {
    private struct Entry {
        let token: LinkToken
        let hub: HubReference
        let call: () -> Void
    }

    private var entries: [Entry] = []
    private var made: UInt64 = 0

    /// No links.
    package init() {}

    /// Whether there are none.
    package var isEmpty: Bool { entries.isEmpty }

    /// How many there are.
    package var count: Int { entries.count }

    /// Adds a link, to be called by `hub`.
    package mutating func add(for hub: HubReference, _ call: @escaping () -> Void) -> LinkToken {
        made += 1
        let token = LinkToken(number: made)
        entries.append(Entry(token: token, hub: hub, call: call))
        return token
    }

    /// Takes a link back.
    package mutating func remove(_ token: LinkToken) { entries.removeAll { $0.token == token } }

    /// Has up to `limit` links called by their hubs, first to last, and forgets them.
    package mutating func notify(limit: Int = .max) {
        guard !entries.isEmpty else { return }
        let due = entries.prefix(limit)
        for entry in due { entry.hub.run(entry.call) }
        entries.removeFirst(due.count)
    }
}
