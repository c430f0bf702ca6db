// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import CGeventPatch
import GeventCore
import GeventTestSupport
import Glibc
import Testing

@Suite struct SignalWaitTests {
    @Test func `waits for a signal while others run`() throws {
        let (outcome, number, hasRaised) = try onPatchedHub(.realTime) {
            gv_probe_block(SIGUSR1)
            let raiser = spawn { gv_probe_raise(SIGUSR1) }
            var set = sigset_t()
            _ = unsafe (sigemptyset(&set), sigaddset(&set, SIGUSR1))
            var number: Int32 = 0
            let outcome = CallOutcome { unsafe gv_call_sigwait(&set, &number) }
            return (outcome, number, raiser.isReady)
        }

        #expect(outcome == CallOutcome(0, error: 77))
        #expect(number == SIGUSR1)
        #expect(hasRaised)
    }

    @Test func `has a limit by the hub's clock`() throws {
        let (outcome, duration) = try onPatchedHub {
            var set = sigset_t()
            _ = unsafe (sigemptyset(&set), sigaddset(&set, SIGUSR2))
            var limit = timespec(tv_sec: 2, tv_nsec: 5)
            let start = Hub.current.now
            let outcome = CallOutcome { unsafe gv_call_sigtimedwait(&set, nil, &limit) }
            return (outcome, Hub.current.now - start)
        }

        #expect(outcome == CallOutcome(-1, error: EAGAIN))
        #expect(duration == .seconds(2) + .nanoseconds(5))
    }

    @Test func `ends when something strikes`() throws {
        let outcomes = try onPatchedHub {
            var set = sigset_t()
            _ = unsafe (sigemptyset(&set), sigaddset(&set, SIGUSR2))
            var outcomes: [CallOutcome] = []
            let calls: [() -> Int32] = [
                { unsafe gv_call_sigwait(&set, nil) }, { unsafe gv_call_sigwaitinfo(&set, nil) },
                { gv_call_pause() }, { unsafe gv_call_sigsuspend(&set) },
            ]
            for call in calls {
                let victim = spawn { outcomes.append(CallOutcome(call)) }
                try sleep(.milliseconds(1))
                try victim.kill()
            }
            return outcomes
        }

        let struck = CallOutcome(-1, error: ECANCELED)
        #expect(outcomes == [CallOutcome(Int(ECANCELED), error: 77), struck, struck, struck])
    }

    @Test func `pauses until a handler has run, also one from before the patch`() async {
        await #expect(processExitsWith: .success) {
            let (outcome, hasRaised) = try onPatchedHub(.realTime) {
                gv_probe_unblock(SIGUSR1)
                _ = signal(SIGUSR1, gv_probe_handler)
                let raiser = spawn { gv_probe_raise(SIGUSR1) }
                let outcome = CallOutcome { gv_call_pause() }
                return (outcome, raiser.isReady)
            }

            #expect(outcome == CallOutcome(-1, error: EINTR))
            #expect(gv_probe_handled() == 1)
            #expect(hasRaised)
        }
    }

    @Test func `suspends with another mask, which is gone after it`() async {
        await #expect(processExitsWith: .success) {
            let (outcome, isBlocked, hasRaised) = try onPatchedHub(.realTime) {
                _ = gv_probe_install(SIGUSR1, gv_probe_handler, 0)
                gv_probe_block(SIGUSR1)
                let raiser = spawn { gv_probe_raise(SIGUSR1) }
                var set = sigset_t()
                _ = unsafe sigemptyset(&set)
                let outcome = CallOutcome { unsafe gv_call_sigsuspend(&set) }
                return (outcome, gv_probe_is_blocked(SIGUSR1), raiser.isReady)
            }

            #expect(outcome == CallOutcome(-1, error: EINTR))
            #expect(gv_probe_handled() == 1)
            #expect(isBlocked)
            #expect(hasRaised)
        }
    }
}
