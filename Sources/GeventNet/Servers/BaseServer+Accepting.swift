// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSync
internal import GeventSystem

extension BaseServer {
    /// Accepts again after ``stopAccepting()``; does nothing if it does already.
    ///
    /// - Throws: `InvalidThreadUseError` on another hub; `SystemError` `EBADF` if it is not started.
    ///
    /// gevent: `start_accepting`.
    public final func startAccepting() throws {
        try enter()
        guard isStarted else {
            throw SystemError.closedForGood("accept", note: "the server is not started")
        }
        if isAccepting { return }
        isAccepting = true
        let previous = accepter
        accepter = spawn(file: site.file, line: site.line) { [self] in
            try previous?.join()
            run()
        }
        accepter?.name = "accepts at \(place)"
    }

    /// Accepts no more, until ``startAccepting()``: connections wait in the backlog meanwhile.
    ///
    /// Handlers go on. Does nothing if it does not accept.
    ///
    /// - Throws: `InvalidThreadUseError` on another hub.
    ///
    /// gevent: `stop_accepting`.
    public final func stopAccepting() throws {
        try enter()
        endAccepting()
    }

    final func endAccepting() {
        isAccepting = false
        guard let accepter else { return }
        kill(accepter)
    }

    /// The body of the greenlet that accepts.
    private func run() {
        do {
            try source.takeTurn()
            defer { source.giveTurn() }
            try acceptAll()
        } catch is GreenletExit {
            // `stopAccepting`, or the end of the hub.
        } catch {
            failure = error
            log("gevent: the server at \(place) ends: \(error)\n")
            endListening()
        }
    }

    private func acceptAll() throws {
        var pause = AcceptPause()
        while isAccepting {
            try source.shareTime()
            try waitForRoom()
            // From here to the start of the handler nothing waits: nobody else takes the room, and
            // no kill drops what was accepted.
            let job: ServerJob?
            do { job = try source.next() } catch {
                if let error = error as? SystemError, error.endsListening { throw error }
                try rest(&pause, after: error)
                continue
            }
            guard let job else {
                try source.wait()
                continue
            }
            do { try launch(job) } catch {
                try rest(&pause, after: error)
                continue
            }
            pause.reset()
        }
    }

    /// Waits until a handler can be started.
    private func waitForRoom() throws {
        while true {
            if handlers.isFull {
                _ = try handlers.waitAvailable()
            } else if let pool, pool.isFull {
                _ = try pool.waitAvailable()
            } else {
                return
            }
        }
    }

    private func rest(_ pause: inout AcceptPause, after error: any Error) throws {
        let duration = pause.next()
        if pause.isReportDue(now: HubClock.now) {
            log("gevent: the server at \(place) rests for \(duration): \(error)\n")
        }
        try sleep(duration)
    }
}
