// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import CGeventPatch
import GeventCore
import GeventTestSupport
import Glibc
import Testing

@Suite struct ShellTests {
    @Test func `runs a command while others run`() throws {
        let outcome = try onPatchedHub(.realTime) {
            let file = ScratchFile()
            let remover = spawn { _ = unsafe unlink(file.path) }
            let outcome = CallOutcome { unsafe gv_call_system(Self.untilGone(file) + "exit 3") }
            try remover.join()
            return outcome
        }

        #expect(outcome == CallOutcome(3 << 8, error: 77))
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
        let status = try onPatchedHub(.realTime) {
            let file = ScratchFile()
            let stream = unsafe popen(Self.untilGone(file) + "exit 5", "r")
            let remover = spawn { _ = unsafe unlink(file.path) }
            let status = unsafe gv_call_pclose(stream)
            try remover.join()
            return status
        }

        #expect(status == 5 << 8)
    }

    @Test func `leaves a command to itself when something strikes`() throws {
        let outcome = try onPatchedHub(.realTime) {
            let file = ScratchFile()
            var outcome = CallOutcome(-9, error: 0)
            let victim = spawn {
                outcome = CallOutcome { unsafe gv_call_system(Self.untilGone(file)) }
            }
            try idle()
            try victim.kill()
            return outcome
        }

        #expect(outcome == CallOutcome(-1, error: ECANCELED))
    }

    private static func untilGone(_ file: ScratchFile) -> String {
        "while [ -e \(file.path) ]; do sleep 0.01; done; "
    }
}
