// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSync
internal import GeventSystem

extension BaseServer {
    /// Begins to listen and to accept, and returns; does nothing if it was started already.
    ///
    /// A server that made its own socket can be started again after it was stopped; for port 0 the
    /// system then chooses another one.
    ///
    /// > Suspends: When the address is the name of a host.
    ///
    /// - Throws: `SystemError`: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`; `EBADF` for the second
    ///   start of a server that was given its socket. `LookupError`; `ConcurrentObjectUseError`
    ///   while another greenlet starts it; `InvalidThreadUseError`; what strikes the greenlet.
    ///
    /// gevent: `start`.
    public final func start() throws {
        try enter()
        if isStarted { return }
        if isStarting { throw ConcurrentObjectUseError("two greenlets start one server") }
        isStarting = true
        defer { isStarting = false }
        try source.begin()
        if let address { place = address.description }
        failure = nil
        stopped.clear()
        try startAccepting()
    }

    /// Stops: closes the socket, waits for the handlers, and kills those that are left.
    ///
    /// Connections that nobody has accepted are reset, unless `reusePort` was asked for: then those
    /// are served for which there is room. A handler may stop its server: it is not waited for.
    ///
    /// > Suspends: When there are handlers.
    ///
    /// - Parameter timeout: How long handlers have before they are killed; `nil` is for ever.
    /// - Returns: Whether all handlers have ended. False for those that go on a second after they
    ///   were killed.
    /// - Throws: `InvalidThreadUseError`; what strikes the greenlet while it waits, after which the
    ///   handlers have been killed and not waited for.
    ///
    /// gevent: `stop`.
    @discardableResult
    public final func stop(timeout: Duration? = .seconds(1)) throws -> Bool {
        try enter()
        stopsOver.clear()
        stopCount += 1
        defer {
            if source.isUsedByHandlers { source.close() }
            stopCount -= 1
            if stopCount == 0 { stopsOver.set() }
        }
        if isStarted && source.sharesPort { takeRest() }
        endListening()
        return try finishHandlers(timeout)
    }

    /// Closes the socket and returns; handlers go on.
    ///
    /// - Throws: `InvalidThreadUseError`.
    ///
    /// gevent: `close`.
    public final func close() throws {
        try enter()
        endListening()
        source.close()
    }

    /// Starts, unless it was started already, and returns when it has been stopped.
    ///
    /// What strikes the greenlet meanwhile, such as a kill or a `Timeout`, stops the server too.
    ///
    /// > Suspends: Always.
    ///
    /// - Parameter stopTimeout: How long handlers have then, before they are killed; `nil` is for
    ///   ever.
    /// - Throws: What ``start()`` throws; what makes the listener useless; what strikes the
    ///   greenlet.
    ///
    /// gevent: `serve_forever`.
    public final func serveForever(stopTimeout: Duration? = .seconds(1)) throws {
        try start()
        do {
            try stopped.wait()
            // Another greenlet that is stopping it has a timeout of its own.
            if stopCount > 0 { try stopsOver.wait() }
            try stop(timeout: stopTimeout)
        } catch {
            _ = try shielded { try stop(timeout: stopTimeout) }
            throw error
        }
        if let failure { throw failure }
    }

    final func endListening() {
        endAccepting()
        if !source.isUsedByHandlers { source.close() }
        stopped.set()
    }

    /// Accepts what waits already: with the socket the kernel would drop it, though another server
    /// listens on the port.
    private func takeRest() {
        for _ in 0..<Self.mostTakenAtEnd where !isFull {
            guard let job = try? source.next(), (try? launch(job)) != nil else { return }
        }
    }
}
