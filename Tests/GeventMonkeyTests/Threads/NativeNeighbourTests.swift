// SPDX-License-Identifier: Apache-2.0
import CGeventThreadTestProbes
import GeventTestSupport
import Testing

extension ThreadTests {
    @Suite struct NativeNeighbourTests {
        @Test func `a mutex is shared with threads, patched and not`() throws {
            #expect(try runProbe(.realTime) { gv_probe_native_mutex() } == 0)
        }

        @Test func `a semaphore is shared with threads`() throws {
            #expect(try runProbe(.realTime) { gv_probe_native_semaphore() } == 0)
        }

        @Test func `a condition is shared with threads`() throws {
            #expect(try runProbe(.realTime) { gv_probe_native_cond() } == 0)
        }

        @Test func `a thread joins a greenlet, and a greenlet a thread`() throws {
            #expect(try runProbe(.realTime) { gv_probe_native_join() } == 0)
        }
    }
}
