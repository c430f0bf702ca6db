// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import CGeventPatch
import GeventCore
import GeventTestSupport
import Glibc
import Testing

@Suite struct ForkingTests {
    // Each child takes the time of a real sleep, where the hub's clock stands still.
    @Test(arguments: ["fork", "vfork", "_Fork"])
    func `makes real calls in a child`(name: String) throws {
        let code = try onPatchedHub(.realTime) {
            let child = unsafe gv_probe_fork(name)
            var status: Int32 = -1
            _ = unsafe gv_call_waitpid(child, &status, 0)
            return gv_probe_exit_code(status)
        }

        #expect(code == 0)
    }

    @Test func `exits with the caller's status, and without waiting for greenlets`() async {
        await #expect(processExitsWith: .exitCode(3)) {
            try onPatchedHub {
                _ = spawn { _ = gv_call_sleep(1000) }
                try sleep(.milliseconds(1))
                atexit { if gv_call_usleep(1) != 0 { _exit(4) } }
                gv_call_exit(3)
            }
        }
    }
}
