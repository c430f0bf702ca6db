// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Glibc
import Testing

@Suite struct ResourceLimitsTests {
    @Test func `reads what the machine and the process allow`() throws {
        let limits = ResourceLimits.current

        #expect(try #require(limits.mappingCount) > 1_000)
        #expect([0, 1, 2].contains(try #require(limits.overcommitMode)))
        #expect(limits.openDescriptorCount != 0)
    }

    @Test func `names the limit of descriptors`() async {
        await #expect(processExitsWith: .success) {
            var limit = rlimit(rlim_cur: 64, rlim_max: 64)
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)

            let error = ResourceLimits.explain(SystemError(call: "socket", code: EMFILE))

            exit(error.note == "RLIMIT_NOFILE is 64" ? 0 : 1)
        }
    }

    @Test func `leaves other failures as they are`() {
        let error = SystemError(call: "read", code: EIO)

        #expect(ResourceLimits.explain(error) == error)
    }

    @Test func `a socket too many names the limit`() async {
        await #expect(processExitsWith: .success) {
            var limit = rlimit(rlim_cur: 0, rlim_max: 0)
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            do throws(SystemError) {
                _ = try SocketCalls.open(.ipv4, .stream)
            } catch {
                exit(error.note == "RLIMIT_NOFILE is 0" ? 0 : 1)
            }
        }
    }
}
