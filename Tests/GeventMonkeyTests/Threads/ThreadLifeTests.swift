// SPDX-License-Identifier: Apache-2.0
import CGeventThreadTestProbes
import Testing

extension ThreadTests {
    @Suite struct ThreadLifeTests {
        @Test func `each thread has an identity and a name`() throws {
            #expect(try runProbe { gv_probe_names() } == 0)
        }

        @Test func `a thread is joined once, or not at all`() throws {
            #expect(try runProbe { gv_probe_joining() } == 0)
        }

        @Test func `each thread has values of its own, which its end destroys`() throws {
            #expect(try runProbe { gv_probe_keys() } == 0)
        }

        @Test func `leaving a thread runs its clean-up, innermost first`() throws {
            #expect(try runProbe { gv_probe_leaving() } == 0)
        }

        @Test func `a cancelled thread ends where it waits`() throws {
            #expect(try runProbe { gv_probe_cancelling() } == 0)
        }

        @Test func `a thread has the stack that it asks for`() throws {
            #expect(try runProbe { gv_probe_stacks() } == 0)
        }
    }
}
