// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Testing

@Suite struct EventCounterTests {
    @Test func `counts until it is drained`() throws {
        let counter = try EventCounter()

        counter.add()
        counter.add(4)

        #expect(counter.drain() == 5)
        #expect(counter.drain() == 0)
    }

    @Test func `says that it is full`() throws {
        let counter = try EventCounter()
        let most = UInt64.max - 1
        #expect(counter.add(most) == true)

        #expect(counter.add() == false)
        #expect(counter.drain() == most)
        #expect(counter.add() == true)
    }
}
