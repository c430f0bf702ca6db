// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTestSupport
import Testing

@Suite struct MainGreenletTests {
    @Test func `a kill with an error of the caller's own strikes it once, where it waits`() throws {
        let (isSame, hasGoneOn) = try onHub {
            let mistake = Mistake()
            let main = AnyGreenlet.current
            spawn { kill(main, throwing: mistake) }
            let error = errorOf { try sleep(.seconds(60)) }
            try sleep(.milliseconds(1))
            return (error as? Mistake === mistake, main.isStarted && !main.isReady)
        }

        #expect(isSame)
        #expect(hasGoneOn)
    }

    @Test func `GreenletExit strikes it at every wait, and its hub can be closed all the same`()
        throws
    {
        let outcome = try onThread {
            let main = AnyGreenlet.current
            var hasCleanedUp = false
            spawn {
                defer { hasCleanedUp = true }
                try sleep(.seconds(60))
            }
            spawn { kill(main) }
            let strikes = (0..<3).count { _ in
                errorOf { try sleep(.seconds(60)) } is GreenletExit
            }
            let isRunning = main.isStarted
            Hub.current.close()
            return (strikes, isRunning, hasCleanedUp, main.isReady)
        }

        #expect(outcome == (3, true, true, true))
    }

    @Test func `is struck at once when it kills itself`() throws {
        let (isSame, hasGoneOn) = try onHub {
            let mistake = Mistake()
            let error = errorOf { try AnyGreenlet.current.kill(throwing: mistake) }
            try sleep(.zero)
            return (error as? Mistake === mistake, true)
        }

        #expect(isSame)
        #expect(hasGoneOn)
    }

    @Test func `is killed by another thread while it waits for its greenlets`() throws {
        let (isSame, isAlive) = try onHub {
            Hub.current.keepAlive()
            let mistake = Mistake()
            // SAFETY: it is handed on only, to a kill that does not touch it.
            nonisolated(unsafe) let main = AnyGreenlet.current
            let other = spawn { try sleep(.seconds(60)) }
            defer { kill(other) }
            let helper = try NativeHelper { unsafe kill(main, throwing: mistake) }
            let error = errorOf { try joinAll([other]) }
            helper.join()
            return (error as? Mistake === mistake, other.isStarted)
        }

        #expect(isSame)
        #expect(isAlive)
    }
}
