// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTestSupport
import GeventTesting
import Testing

@Suite struct HubFiguresTests {
    @Test func `counts greenlets, their stacks and timers`() throws {
        try onHub {
            let gate = Event()
            let before = HubFigures()
            let waiting = (0..<3).map { _ in spawn { _ = try gate.wait() } }
            _ = spawn(after: .seconds(60)) {}
            for _ in 0..<20 { try sleep(.zero) }

            let meanwhile = HubFigures()
            gate.set()
            try joinAll(waiting)

            #expect(meanwhile.greenlets - before.greenlets == 4)
            #expect(meanwhile.stacks - before.stacks == 3)
            #expect(meanwhile.timers - before.timers == 1)
            #expect(HubFigures().stacks == before.stacks)
        }
    }
}
