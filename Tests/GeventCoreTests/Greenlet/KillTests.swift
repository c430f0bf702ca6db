// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

/// How far a greenlet has come when it is killed.
enum Stage: CaseIterable, Sendable {
    case neverStarted, started, delayed, running

    func make(_ body: @escaping () throws -> Void) throws -> Greenlet<Void> {
        let greenlet = Greenlet(body)
        switch self {
        case .neverStarted: break
        case .started: greenlet.start()
        case .delayed: greenlet.start(after: .milliseconds(1))
        case .running:
            greenlet.start()
            try sleep(.zero)
        }
        return greenlet
    }
}

/// By which function it is killed.
enum Killing: CaseIterable, Sendable {
    case method, methodWithoutBlocking, function, all, allWithoutBlocking

    func callAsFunction(_ victim: AnyGreenlet, _ error: any Error) throws {
        switch self {
        case .method: try victim.kill(throwing: error)
        case .methodWithoutBlocking: try victim.kill(throwing: error, block: false)
        case .function: kill(victim, throwing: error)
        case .all: try killAll([victim], throwing: error)
        case .allWithoutBlocking: try killAll([victim], throwing: error, block: false)
        }
    }
}

@Suite struct KillTests {
    @Test(arguments: Stage.allCases, Killing.allCases)
    func `ends it for good and calls its links once`(_ stage: Stage, _ killing: Killing) throws {
        let outcome = try onHub {
            var hasGoneOn = false
            var links: [Bool] = []
            let victim = try stage.make {
                if stage == .running { try sleep(.seconds(60)) }
                hasGoneOn = true
            }
            victim.link { links.append($0 === victim) }
            victim.rawLink { links.append($0 === victim) }
            try killing(victim, GreenletExit())
            try victim.join()
            try killing(victim, GreenletExit())
            try sleep(.milliseconds(2))
            let thrown = errorOf { try victim.get() }
            return (
                [
                    victim.isReady, victim.isSuccessful, victim.isKilled, victim.error == nil,
                    thrown is GreenletExit,
                ],
                hasGoneOn, links
            )
        }

        #expect(outcome.0 == [true, true, true, true, true])
        #expect(!outcome.1)
        #expect(outcome.2 == [true, true])
    }

    @Test(arguments: Stage.allCases, Killing.allCases)
    func `makes it fail with an error of the caller's own, and calls its links once`(
        _ stage: Stage, _ killing: Killing
    ) throws {
        let (outcome, hasGoneOn, links) = try onHub {
            let mistake = Mistake()
            var hasGoneOn = false
            var links: [Bool] = []
            let victim = try stage.make {
                if stage == .running { try sleep(.seconds(60)) }
                hasGoneOn = true
            }
            victim.link { links.append($0 === victim) }
            victim.linkError { links.append($0.error as? Mistake === mistake) }
            victim.linkValue { _ in links.append(false) }
            victim.rawLink { links.append($0 === victim) }
            try killing(victim, mistake)
            try victim.join()
            // The second one comes too late, for the error and for the links.
            try killing(victim, Mistake())
            try sleep(.milliseconds(2))
            let thrown = errorOf { try victim.get() }
            return (
                [
                    victim.isReady, !victim.isSuccessful, !victim.isKilled,
                    victim.error as? Mistake === mistake, thrown as? Mistake === mistake,
                ],
                hasGoneOn, links
            )
        }

        #expect(outcome == [true, true, true, true, true])
        #expect(!hasGoneOn)
        #expect(links == [true, true, true])
    }

    @Test(arguments: Stage.allCases)
    func `lets go of the body`(_ stage: Stage) throws {
        let (hasGone, hasRun) = try onHub {
            var hasGone = false
            var hasRun = false
            var victim: Greenlet<Void>?
            do {
                let tracer = Witness { hasGone = true }
                victim = try stage.make {
                    if stage == .running { try sleep(.seconds(60)) }
                    withExtendedLifetime(tracer) { hasRun = true }
                }
            }
            try victim?.kill()
            return (hasGone, hasRun)
        }

        #expect(hasGone)
        #expect(!hasRun)
    }

    @Test func `leaves one that has ended as it is`() throws {
        let outcome = try onHub {
            let greenlet = spawn { 7 }
            try greenlet.join()
            let hasEnded = try greenlet.kill(throwing: Mistake())
            return hasEnded && greenlet.value == 7
        }

        #expect(outcome)
    }

    @Test func `waits until the clean-up of the killed one is over`() throws {
        let log = try onHub(.inOrder) {
            var log: [String] = []
            let victim = spawn {
                defer { log.append("finished") }
                log.append("start")
                do { try sleep(.seconds(60)) } catch {
                    log.append("except")
                    throw error
                }
            }
            try sleep(.zero)
            try victim.kill()
            log.append("killer")
            return log
        }

        #expect(log == ["start", "except", "finished", "killer"])
    }

    @Test func `strikes one that yields for ever, which may catch an error of the caller's own`()
        throws
    {
        let isCaught = try onHub(.inOrder) {
            let mistake = Mistake()
            let victim = spawn {
                do { while true { try sleep(.zero) } } catch {
                    return error as? Mistake === mistake
                }
            }
            try sleep(.zero)
            kill(victim, throwing: mistake)
            return try victim.get()
        }

        #expect(isCaught)
    }

    @Test func `is thrown at once in a greenlet that kills itself`() throws {
        let (hasGoneOn, isKilled) = try onHub {
            var hasGoneOn = false
            let greenlet = spawn {
                try AnyGreenlet.current.kill()
                hasGoneOn = true
            }
            try greenlet.join()
            return (hasGoneOn, greenlet.isKilled)
        }

        #expect(!hasGoneOn)
        #expect(isKilled)
    }

    @Test func `strikes at the next wait in a greenlet that kills itself without blocking`() throws
    {
        let log = try onHub {
            var log: [String] = []
            let greenlet = spawn {
                kill(AnyGreenlet.current)
                log.append("before")
                try sleep(.zero)
                log.append("after")
            }
            try greenlet.join()
            return log
        }

        #expect(log == ["before"])
    }

    @Test func `gives up waiting for one that goes on, and a second kill works`() throws {
        let (first, second, strikes) = try onHub(.inOrder) {
            var strikes = 0
            let victim = spawn {
                while strikes < 2 {
                    do { try sleep(.seconds(60)) } catch { strikes += 1 }
                }
            }
            try sleep(.zero)
            let first = try victim.kill(throwing: Mistake(), timeout: .milliseconds(2))
            let second = try victim.kill(throwing: Mistake(), timeout: .seconds(60))
            return (first, second, strikes)
        }

        #expect(!first)
        #expect(second)
        #expect(strikes == 2)
    }

    @Test func `comes from another thread too`() throws {
        let isKilled = try onHub {
            let victim = spawn { try sleep(.seconds(60)) }
            try sleep(.zero)
            try onThread { kill(victim) }
            try victim.join()
            return victim.isKilled
        }

        #expect(isKilled)
    }
}
