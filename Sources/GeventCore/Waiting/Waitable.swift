// SPDX-License-Identifier: Apache-2.0

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
