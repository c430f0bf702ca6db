// SPDX-License-Identifier: Apache-2.0

extension AnyGreenlet: Waitable {
    /// Has `callback` called by the hub once the greenlet has ended.
    ///
    /// - Precondition: Called on the thread of the greenlet's hub.
    ///
    /// gevent: `rawlink`.
    public final func linkReady(_ callback: @escaping () -> Void) -> LinkToken {
        add(callback)
    }

    /// Calls `callback` when the greenlet has ended, on the thread of its hub; now, if it has ended.
    public final func linkAnywhere(_ callback: @escaping @Sendable () -> Void) -> LinkToken {
        add(.anywhere(callback))
    }
}
