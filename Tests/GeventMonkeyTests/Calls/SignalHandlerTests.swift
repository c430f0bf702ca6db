// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import CGeventPatch
import GeventCore
import GeventTestSupport
import Glibc
import Testing

// Handlers belong to the process, so each test has one of its own.
@Suite struct SignalHandlerTests {
    @Test func `makes real calls in a handler, and waits again after it`() async {
        await #expect(processExitsWith: .success) {
            let (inHandler, after) = try onPatchedHub {
                gv_probe_unblock(SIGUSR1)
                _ = gv_probe_install(SIGUSR1, gv_probe_handler, 0)
                gv_probe_raise(SIGUSR1)
                let inHandler = gv_probe_slept_in_handler()
                let start = Hub.current.now
                _ = gv_call_sleep(5)
                return (inHandler, Hub.current.now - start)
            }

            #expect(inHandler >= 2_000_000)
            #expect(after == .seconds(5))
        }
    }

    @Test func `shows the caller its own handlers and flags`() async {
        if isSanitized { return }  // ThreadSanitizer shows its own.
        await #expect(processExitsWith: .success) {
            gv_probe_unblock(SIGUSR1)
            _ = gv_probe_install(SIGUSR1, gv_probe_handler, SA_NODEFER | SA_RESTART)

            #expect(gv_probe_disposition(SIGUSR1) == GV_PROBE_HANDLER)
            #expect(gv_probe_flags(SIGUSR1) == SA_NODEFER | SA_RESTART)
            _ = gv_call_signal(SIGUSR1, SIG_IGN)
            #expect(gv_probe_disposition(SIGUSR1) == GV_PROBE_IGNORED)
            _ = gv_call_signal(SIGUSR1, gv_probe_handler)
            #expect(gv_probe_disposition(SIGUSR1) == GV_PROBE_HANDLER)
            #expect(gv_probe_flags(SIGUSR1) == SA_RESTART)
            _ = gv_call_sysv_signal(SIGUSR1, gv_probe_handler)
            gv_probe_raise(SIGUSR1)
            #expect(gv_probe_handled() == 1)
            #expect(gv_probe_disposition(SIGUSR1) == GV_PROBE_DEFAULT)
        }
    }

    @Test func `hands over what SA_SIGINFO asks for, once with SA_RESETHAND`() async {
        await #expect(processExitsWith: .success) {
            gv_probe_unblock(SIGUSR2)
            _ = gv_probe_install_info(SIGUSR2, Int32(bitPattern: 0x8000_0000))
            gv_probe_raise(SIGUSR2)

            #expect(gv_probe_handled() == 1)
            #expect(gv_probe_code() == Int32(SI_TKILL))
            #expect(gv_probe_disposition(SIGUSR2) == GV_PROBE_DEFAULT)
        }
    }

    @Test(arguments: [false, true])
    func `notices that a handler was left by siglongjmp`(isOnAlternateStack: Bool) async {
        if isSanitized { return }  // Its frames of the handler stay poisoned.
        await #expect(processExitsWith: .success) { [isOnAlternateStack] in
            let durations = try onPatchedHub {
                gv_probe_unblock(SIGUSR1)
                if isOnAlternateStack { gv_probe_set_alternate_stack() }
                _ = gv_probe_install(
                    SIGUSR1, gv_probe_jumping_handler, isOnAlternateStack ? SA_ONSTACK : 0)
                return (0..<40).map { depth in
                    gv_probe_jump_out(SIGUSR1, Int32(depth))
                    let start = Hub.current.now
                    _ = gv_call_sleep(1)
                    return Hub.current.now - start
                }
            }

            #expect(durations == Array(repeating: .seconds(1), count: 40))
        }
    }

    @Test(arguments: [SIGKILL, SIGSTOP, 0, -1, 65, 32])
    func `refuses what the real call refuses`(number: Int32) {
        let mine = CallOutcome { gv_probe_install(number, gv_probe_handler, 0) }

        #expect(mine == CallOutcome(-1, error: EINVAL))
    }
}
