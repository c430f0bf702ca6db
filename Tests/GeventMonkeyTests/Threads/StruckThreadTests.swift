// SPDX-License-Identifier: Apache-2.0
import CGeventThreadTestProbes
import GeventCore
import GeventMonkey
import GeventTestSupport
import Testing

extension ThreadTests {
    @Suite struct StruckThreadTests {
        @Test func `a kill interrupts one wait for a semaphore, and strikes after the call`() throws
        {
            ThreadHooks.install()
            let (line, interruptions, isKilled) = try onHub {
                var line: Int32 = -1
                var interruptions: Int32 = 0
                let greenlet = spawn {
                    line = unsafe gv_probe_struck_semaphore(&interruptions)
                    try sleep()
                }
                try sleep(.milliseconds(10))
                kill(greenlet)
                try greenlet.join()
                return (line, interruptions, greenlet.isKilled)
            }

            #expect(line == 0)
            #expect(interruptions == 1)
            #expect(isKilled)
        }

        @Test func `a kill ends no wait for a condition, and strikes after the call`() throws {
            ThreadHooks.install()
            let (line, isKilled) = try onHub {
                var line: Int32 = -1
                let greenlet = spawn {
                    line = gv_probe_struck_cond()
                    try sleep()
                }
                try sleep(.milliseconds(10))
                kill(greenlet)
                try greenlet.join()
                return (line, greenlet.isKilled)
            }

            #expect(line == 0)
            #expect(isKilled)
        }
    }
}
