// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventCore
import GeventTestSupport
import Testing

@Suite struct StackHighWaterTests {
    @Test func `counts what was used, also after it is used no more`() throws {
        if isSanitized { return }  // Whose frames are larger.

        let (before, after) = try onHub(.inOrder) {
            let greenlet = spawn {
                try sleep(.zero)
                _ = gv_probe_use_stack(150 * 1024)
                try sleep(.zero)
            }
            try sleep(.zero)
            let before = greenlet.stackHighWater
            try sleep(.zero)
            return (before, greenlet.stackHighWater)
        }

        #expect((4 * 1024...64 * 1024).contains(before))
        #expect((150 * 1024...214 * 1024).contains(after))
    }

    @Test func `is nothing before the first run and after the end`() throws {
        let (before, after) = try onHub {
            let greenlet = spawn {}
            let before = greenlet.stackHighWater
            try greenlet.join()
            return (before, greenlet.stackHighWater)
        }

        #expect(before == 0)
        #expect(after == 0)
    }

    @Test func `is still its own after it has yielded to nobody, on a stack just left by another`()
        throws
    {
        if isSanitized { return }  // Whose frames are larger.

        let after = try onHub {
            // Leaves idle stacks behind, one of which must not be given to who has one.
            try joinAll([spawn { try sleep() }, spawn { try sleep() }])
            spawn {}
            let second = spawn {
                _ = gv_probe_use_stack(150 * 1024)
                try sleep()
                return Greenlet.current.stackHighWater
            }
            return try second.get()
        }

        #expect(after >= 150 * 1024)
    }

    @Test func `of the running greenlet is its own`() throws {
        if isSanitized { return }  // Whose frames are larger.

        let (here, deeper) = try onHub {
            try spawn {
                let here = Greenlet.current.stackHighWater
                _ = gv_probe_use_stack(150 * 1024)
                return (here, Greenlet.current.stackHighWater)
            }.get()
        }

        #expect(here > 0 && here < 64 * 1024)
        #expect(deeper >= 150 * 1024)
    }
}
