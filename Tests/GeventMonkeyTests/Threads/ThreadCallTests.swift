// SPDX-License-Identifier: Apache-2.0
import CGeventThreadTestProbes
import GeventTestSupport
import Testing

extension ThreadTests {
    @Suite struct ThreadCallTests {
        @Test func `threads share a bounded list`() throws {
            #expect(try runProbe { gv_probe_lists() } == 0)
        }

        @Test func `recursive and checking mutexes tell greenlets apart`() throws {
            #expect(try runProbe { gv_probe_mutex_kinds() } == 0)
        }

        @Test func `a mutex is waited for until a time`() throws {
            #expect(try runProbe { gv_probe_mutex_limits() } == 0)
        }

        @Test func `who locks again at once leaves the others a turn`() throws {
            #expect(try runProbe { gv_probe_mutex_fairness() } == 0)
        }

        @Test func `a condition wakes one or all`() throws {
            #expect(try runProbe { gv_probe_cond_signals() } == 0)
        }

        @Test func `a condition is waited for until a time, by either clock`() throws {
            #expect(try runProbe { gv_probe_cond_limits() } == 0)
        }

        @Test func `semaphores pass word to and fro`() throws {
            #expect(try runProbe { gv_probe_semaphores() } == 0)
        }

        @Test func `a semaphore is waited for until a time`() throws {
            #expect(try runProbe { gv_probe_semaphore_limits() } == 0)
        }

        @Test func `readers share and writers exclude`() throws {
            #expect(try runProbe { gv_probe_rwlocks() } == 0)
        }

        @Test func `what is done once may wait`() throws {
            #expect(try runProbe { gv_probe_once() } == 0)
        }

        @Test func `a barrier opens for the last, round after round`() throws {
            #expect(try runProbe { gv_probe_barriers() } == 0)
        }

        @Test func `who spins lets the holder run`() throws {
            #expect(try runProbe(.inOrder) { gv_probe_spinning() } == 0)
        }

        @Test func `C11 has the same threads`() throws {
            #expect(try runProbe { gv_probe_c11() } == 0)
        }
    }
}
