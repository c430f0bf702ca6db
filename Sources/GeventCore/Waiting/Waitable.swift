// SPDX-License-Identifier: Apache-2.0

/// Something that becomes ready, and that `wait(_:timeout:count:)` can wait for.
///
/// Greenlets, events, results and semaphores are. A type of your own conforms by calling what was
/// linked, once, when it becomes ready.
///
/// gevent: any object with `rawlink`.
public protocol Waitable: AnyObject {
    /// Whether waiting for it would return at once.
    var isReady: Bool { get }

    /// Has the hub of this thread call `callback` once it is ready; soon, if it is ready now.
    ///
    /// - Returns: What takes the link back.
    func linkReady(_ callback: @escaping () -> Void) -> LinkToken

    /// Calls `callback` once it is ready, on whatever thread makes it so; now, if it is ready now.
    ///
    /// It must not wait. A thread without a hub waits by this. A type that has only
    /// ``linkReady(_:)`` is waited for by way of a hub.
    ///
    /// - Returns: What takes the link back.
    func linkAnywhere(_ callback: @escaping @Sendable () -> Void) -> LinkToken

    /// Takes a link back; nothing if it was called already.
    func unlink(_ token: LinkToken)
}

extension Waitable {
    /// By way of the hub of this thread, which is made if there is none.
    public func linkAnywhere(_ callback: @escaping @Sendable () -> Void) -> LinkToken {
        linkReady(callback)
    }
}
