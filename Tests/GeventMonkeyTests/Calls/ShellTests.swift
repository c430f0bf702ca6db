// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import CGeventPatch
import GeventCore
import GeventTestSupport
import Glibc
import Testing

@Suite struct ShellTests {
    @Test func `runs a command while others run`() throws {
        let (outcome, turns) = try onPatchedHub(.realTime) {
            var outcome = CallOutcome(-9, error: 0)
            let turns = countTurns {
                outcome = CallOutcome { unsafe gv_call_system("sleep 0.05; exit 3") }
            }
            return (outcome, turns)
        }

        #expect(outcome == CallOutcome(3 << 8, error: 77))
        #expect(turns > 1)
    }

    @Test func `gives the command the caller's signal mask`() throws {
        let isSame = try onPatchedHub(.realTime) {
            gv_probe_block(SIGUSR2)
            defer { gv_probe_unblock(SIGUSR2) }
            return gv_probe_shell_has_mask()
        }

        #expect(isSame)
    }

    @Test func `closes the pipe of a command when that has ended`() throws {
        let (status, turns) = try onPatchedHub(.realTime) {
            var status: Int32 = -1
            let stream = unsafe popen("sleep 0.05; exit 5", "r")
            let turns = countTurns { status = unsafe gv_call_pclose(stream) }
            return (status, turns)
        }

        #expect(status == 5 << 8)
        #expect(turns > 1)
    }

    @Test func `leaves a command to itself when something strikes`() throws {
        let outcome = try onPatchedHub(.realTime) {
            var outcome = CallOutcome(-9, error: 0)
            let victim = spawn { outcome = CallOutcome { unsafe gv_call_system("sleep 0.2") } }
            try sleep(.milliseconds(2))
            try victim.kill()
            return outcome
        }

        #expect(outcome == CallOutcome(-1, error: ECANCELED))
    }
}
