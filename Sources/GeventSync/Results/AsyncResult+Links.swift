// SPDX-License-Identifier: Apache-2.0
public import GeventCore

extension AsyncResult: Waitable {
    /// Has `callback` called by the hub of this thread once something is set; soon, if it is.
    ///
    /// gevent: `rawlink`.
    public func linkReady(_ callback: @escaping () -> Void) -> LinkToken {
        add(.onThisHub(of: self, callback))
    }

    /// Calls `callback` in place, on whatever thread sets the result; now, if it is there.
    public func linkAnywhere(_ callback: @escaping @Sendable () -> Void) -> LinkToken {
        add(.anywhere(callback))
    }

    private func add(_ link: ReadyLink) -> LinkToken {
        unsafe line.queue.lock()
        let isReady = unsafe outcome != nil
        if !isReady { unsafe links.add(link) }
        unsafe line.queue.unlock()
        if isReady { link.start() }
        return link.token
    }

    /// Takes a link back; does nothing if it was called before.
    ///
    /// gevent: `unlink`.
    public func unlink(_ token: LinkToken) {
        _ = token.claim()
        unsafe line.queue.lock()
        let link = unsafe links.remove(token)
        unsafe line.queue.unlock()
        // What it holds is let go of outside of the lock, since a deinit may come back here.
        withExtendedLifetime(link) {}
    }

    /// How many links there are that were not called.
    ///
    /// gevent: `linkcount`.
    public var linkCount: Int {
        unsafe line.queue.lock()
        defer { unsafe line.queue.unlock() }
        return unsafe links.count
    }

    /// Sets what `greenlet` has ended with.
    fileprivate func take(from greenlet: Greenlet<Value>) {
        do { set(try greenlet.get(block: false)) } catch { set(error: error) }
    }
}

extension Greenlet {
    /// Hands what this greenlet ends with on to `result`, be it a value or an error.
    ///
    /// A greenlet that was killed hands on its `GreenletExit`.
    ///
    /// - Returns: What `unlink(_:)` takes.
    /// - Precondition: Called on the thread of the greenlet's hub.
    ///
    /// gevent: `link(result)`.
    @discardableResult
    public func link(to result: AsyncResult<Value>) -> LinkToken {
        rawLink { result.take(from: $0) }
    }

    /// Hands what this greenlet ends with on to `result`, unless it fails.
    ///
    /// Having been killed by `GreenletExit` counts as success, and is handed on.
    ///
    /// - Returns: What `unlink(_:)` takes.
    /// - Precondition: Called on the thread of the greenlet's hub.
    ///
    /// gevent: `link_value(result)`.
    @discardableResult
    public func linkValue(to result: AsyncResult<Value>) -> LinkToken {
        rawLink { if $0.isSuccessful { result.take(from: $0) } }
    }

    /// Hands the error that ends this greenlet on to `result`, if one does.
    ///
    /// - Returns: What `unlink(_:)` takes.
    /// - Precondition: Called on the thread of the greenlet's hub.
    ///
    /// gevent: `link_exception(result)`.
    @discardableResult
    public func linkError(to result: AsyncResult<Value>) -> LinkToken {
        rawLink { if !$0.isSuccessful { result.take(from: $0) } }
    }
}
