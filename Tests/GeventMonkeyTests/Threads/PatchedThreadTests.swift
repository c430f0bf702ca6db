// SPDX-License-Identifier: Apache-2.0
import CGeventThreadTestProbes
import GeventCore
import GeventMonkey
import GeventTestSupport
import Testing

extension ThreadTests {
    @Suite struct PatchedThreadTests {
        @Test func `threads of a patched program are greenlets`() async {
            await #expect(processExitsWith: .success) {
                let (before, line, after) = try onHub(.realTime) {
                    let before = gv_plain_native_threads()
                    try Monkey.patch(.threads)
                    return (before, gv_plain_lists(), gv_plain_native_threads())
                }

                #expect(before > 0)
                #expect(line == 0)
                #expect(after == 0)
            }
        }

        @Test func `off a hub they stay threads`() async {
            await #expect(processExitsWith: .success) {
                try Monkey.patch(.threads)

                #expect(gv_plain_lists() == 0)
                #expect(gv_plain_native_threads() > 0)
            }
        }

        @Test func `the library of C++ is patched like any other`() async {
            await #expect(processExitsWith: .success) {
                try Monkey.patchAll()
                #expect(!Monkey.isPatched("pthread_create", in: "libstdc++"))
                try Monkey.patch(.threads)
                #expect(Monkey.isPatched("pthread_create", in: "libstdc++"))
                #expect(Monkey.isPatched("read", in: "libstdc++"))
                Monkey.unpatch([.threads])
                #expect(!Monkey.isPatched("pthread_create", in: "libstdc++"))
            }
        }
    }
}
