// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import CGeventPatch
import GeventCore
import GeventMonkey
import GeventTestSupport
import Glibc
import Testing

@Suite struct PatchedCallsTests {
    @Test func `names only calls that the C library has, each once`() {
        let names = (0..<gv_stand_in_count()).map { index in
            // SAFETY: the list and its names are constants.
            unsafe String(cString: gv_stand_in_at(index).pointee.name)
        }
        let unknown = names.filter { name in unsafe gv_patch_original(name) == nil }

        #expect(unknown == [])
        #expect(Set(names).count == names.count)
    }

    // A patch is the process's, so it has one of its own.
    @Test func `are what plain calls become`() async {
        if isSanitized { return }  // A sanitizer in the program has the calls for itself.
        await #expect(processExitsWith: .success) {
            try Monkey.patchAll()
            let (slept, words, status, child) = try onHub {
                let start = Hub.current.now
                usleep(2_000_000)
                sleep(3)
                let slept = Hub.current.now - start
                let question = AddressQuestion(node: "localhost", service: "80")
                let words = [question.answer(isReal: true), question.answer(isReal: false)]
                let status = unsafe Glibc.system("exit 3")
                gv_probe_unblock(SIGUSR1)
                _ = signal(SIGUSR1, gv_probe_handler)
                gv_probe_raise(SIGUSR1)
                return (slept, words, status, ChildWait.waitpid.wait(gv_probe_child(-1, 4))[1])
            }

            #expect(slept == .seconds(5))
            #expect(words[0] == words[1])
            #expect(status == 3 << 8)
            #expect(gv_probe_handled() == 1 && gv_probe_slept_in_handler() >= 2_000_000)
            #expect(child == 4)
        }
    }
}
