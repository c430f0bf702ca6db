// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import GeventCore
import GeventTestSupport
import Glibc
import Testing

@Suite struct HostLookUpTests {
    @Test(arguments: ["localhost", "127.0.0.1", "127.0.0.9", "::1", "no.such.host.invalid"])
    func `answers as the real call`(name: String) throws {
        let mine = try onPatchedHub { text { unsafe gv_probe_host(false, name, -1, $0) } }
        let real = try withoutHub { text { unsafe gv_probe_host(true, name, -1, $0) } }

        #expect(mine == real)
    }

    @Test(arguments: [AF_INET, AF_INET6])
    func `answers for a family as the real call`(family: Int32) throws {
        let mine = try onPatchedHub {
            text { unsafe gv_probe_host(false, "localhost", family, $0) }
        }
        let real = try withoutHub { text { unsafe gv_probe_host(true, "localhost", family, $0) } }

        #expect(mine == real)
    }

    @Test func `names an address as the real call`() throws {
        let mine = try onPatchedHub { text { unsafe gv_probe_host_of_loopback(false, $0) } }
        let real = try withoutHub { text { unsafe gv_probe_host_of_loopback(true, $0) } }

        #expect(mine == real)
    }

    @Test func `keeps the answers of greenlets apart`() throws {
        let texts = try onPatchedHub {
            // SAFETY: an answer stays until the greenlet's next look-up.
            let answer = unsafe gv_probe_ask_host("127.0.0.2")
            let others = try (0..<50).map { _ in
                try spawn { text { unsafe gv_probe_host(false, "127.0.0.3", -1, $0) } }.get()
            }
            return [text { unsafe gv_probe_read_host(answer, $0) }] + others
        }

        #expect(
            texts == ["127.0.0.2 2 7f000002 "]
                + Array(repeating: "127.0.0.3 2 7f000003 ", count: 50))
    }

    @Test(arguments: [0, 1, 3, 8, 13], [1024, 64, 8])
    func `puts the answer where the caller's buffer is`(offset: Int32, size: Int32) throws {
        let (mine, isInside) = try onPatchedHub {
            var isInside = false
            let mine = text {
                isInside = unsafe gv_probe_host_into(false, "localhost", offset, size, $0)
            }
            return (mine, isInside)
        }
        let real = try withoutHub {
            text { _ = unsafe gv_probe_host_into(true, "localhost", offset, size, $0) }
        }

        #expect(mine == real)
        #expect(isInside)
    }
}
