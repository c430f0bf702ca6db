// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

/// One way to wait on trial for one clause of the contract.
struct WaitTrial: Trial {
    let contract: WaitContract
    let clause: WaitContract.Clause
    let attempt: WaitContract.Attempt

    var subject: String { contract.description }
    var clauseName: String { clause.rawValue }

    func run() throws {
        switch clause {
        case .givesUp: try checkOwnTime()
        case .givesUpAtOnce: try checkNoTime()
        case .takesAnyTime: try checkLongTime()
        case .passesTimeoutsOn: try checkOuterTimeout()
        case .leavesTheLine: try checkLine()
        case .canBeKilled: try checkKill()
        case .isStruckBefore: try checkEarlyKill()
        case .isRefusedInCallbacks: try checkCallback()
        case .endsWithTheLoop: try checkLoopExit()
        }
    }

    private func checkOwnTime() throws {
        let start = Hub.current.now
        try giveUp(after: .milliseconds(3))
        try require(Hub.current.now - start >= .milliseconds(3), "gave up too early")
    }

    private func checkNoTime() throws {
        for limit in [Duration.zero, .seconds(-1), .seconds(Int64.min)] {
            // Thrown on leaving, should it strike.
            try withTimeout(.seconds(60), throwing: broken("took its time for \(limit)")) {
                try giveUp(after: limit)
            }
        }
    }

    private func checkLongTime() throws {
        for limit in [Duration.seconds(10 * 365 * 86_400), .seconds(Int64.max)] {
            let timeout = Timeout(.milliseconds(1))
            let error = errorOf { try timeout.guarding { _ = try attempt.wait(limit) } }
            try require(error as? Timeout === timeout, "ended with \(text(error)) for \(limit)")
        }
    }

    private func checkOuterTimeout() throws {
        let outer = Timeout(.milliseconds(2))
        let inner = Timeout(.seconds(60))
        let error = errorOf {
            try outer.guarding { try inner.guarding { _ = try attempt.wait(.seconds(30)) } }
        }
        try require(
            error as? Timeout === outer, "threw \(text(error)) in place of the outer timeout")
        try require(!inner.isPending && !inner.hasExpired, "left the inner timeout as it was")
    }

    private func checkKill() throws {
        guard contract.worksAnywhere else { return }
        let before = attempt.waiterCount?()
        var strikes = 0
        var hasCleanedUp = false
        let victim = spawn {
            defer { hasCleanedUp = true }
            do { _ = try attempt.wait(.seconds(30)) } catch {
                if error is GreenletExit { strikes += 1 }
                throw error
            }
        }
        try sleep(.zero)
        try require(victim.isStarted, "did not wait")
        try victim.kill()
        try require(
            strikes == 1 && hasCleanedUp && victim.isKilled, "was struck \(strikes) times by a kill"
        )
        try require(attempt.waiterCount?() == before, "left a waiter in line after a kill")
    }

    private func checkEarlyKill() throws {
        guard contract.worksAnywhere else { return }
        var error: (any Error)?
        let victim = spawn {
            kill(AnyGreenlet.current)
            error = errorOf { _ = try attempt.wait(.seconds(30)) }
        }
        try victim.join()
        try require(
            error is GreenletExit, "threw \(text(error)) in place of the kill that came before")
    }

    private func checkCallback() throws {
        guard contract.worksAnywhere else { return }
        var error: (any Error)?
        Hub.current.runCallback { error = errorOf { _ = try attempt.wait(.milliseconds(1)) } }
        try sleep(.milliseconds(1))
        try require(error is BlockingSwitchOutError, "ended with \(text(error)) in a callback")
    }

    private func checkLoopExit() throws {
        guard contract.waitsForEver else { return }
        let error = errorOf { _ = try attempt.wait(nil) }
        guard let exit = error as? LoopExit else {
            throw broken("ended with \(text(error)) when nothing was left")
        }
        try require(
            !exit.parked[0].reason.hasPrefix("nothing"), "does not say what it waits for: \(exit)")
    }

    func giveUp(after limit: Duration) throws {
        do {
            let hasGot = try attempt.wait(limit)
            try require(!hasGot, "says that it got what never came, for \(limit)")
            try require(contract.isOwnError == nil, "was silent when its time was up, for \(limit)")
        } catch let error as ContractBroken { throw error } catch {
            try require(
                contract.isOwnError?(error) ?? false,
                "threw \(error) when its time was up, for \(limit)")
        }
    }
}
