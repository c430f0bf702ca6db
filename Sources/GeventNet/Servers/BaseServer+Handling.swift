// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSync

extension BaseServer {
    /// Has a handler run; there is room for it.
    ///
    /// - Throws: What the user's way to spawn throws.
    final func launch(_ job: ServerJob) throws {
        switch spawning {
        case .inline:
            handleInline(job)
        case .custom(let spawn):
            let greenlet = try spawn(job.run)
            try handlers.add(greenlet, block: false)
        case .default, .pool, .count:
            let greenlet = Greenlet(file: site.file, line: site.line, job.run)
            greenlet.name = name(job)
            try pool?.add(greenlet, block: false)
            try handlers.add(greenlet, block: false)
            greenlet.start()
        }
    }

    private func handleInline(_ job: ServerJob) {
        inlineCount += 1
        Hub.current.runCallback { [self] in
            defer { inlineCount -= 1 }
            do { try job.run() } catch {
                Hub.current.report(Failure(context: name(job), error: error, spawnSite: nil))
            }
        }
    }

    private func name(_ job: ServerJob) -> String { "\(place) serves \(job.peer)" }

    /// Waits until the handlers have ended, and kills those that are left when the time is up.
    ///
    /// > Suspends: When there are handlers.
    ///
    /// - Returns: Whether all of them have ended; the caller's own does not count.
    final func finishHandlers(_ timeout: Duration?) throws -> Bool {
        let current = try AnyGreenlet.currentThatMayWait()
        let others = handlers.greenlets.filter { $0 !== current }
        do {
            let limit = Limit(timeout)
            while inlineCount > 0 { try sleep(.zero) }
            for handler in others {
                guard try handler.join(timeout: limit.remaining) else { break }
            }
            for handler in others where !handler.isReady { kill(handler) }
            let lastLimit = Limit(Self.patienceWithKilled)
            for handler in others {
                guard try handler.join(timeout: lastLimit.remaining) else { return false }
            }
            return true
        } catch {
            // Nobody will come back to see to them.
            for handler in others where !handler.isReady { kill(handler) }
            throw error
        }
    }
}
