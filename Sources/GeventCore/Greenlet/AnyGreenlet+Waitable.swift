// SPDX-License-Identifier: Apache-2.0

extension AnyGreenlet: Waitable {
    /// Has `callback` called by the hub once the greenlet has ended.
    ///
    /// - Precondition: Called on the thread of the greenlet's hub.
    ///
    /// gevent: `rawlink`.
    public final func linkReady(_ callback: @escaping () -> Void) -> LinkToken {
        let scheduler = scheduler
        return add { scheduler.runCallback(callback) }
    }
}
