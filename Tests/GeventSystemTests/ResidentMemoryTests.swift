// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Testing

@Suite struct ResidentMemoryTests {
    // In a process of its own, where nobody else takes memory or gives it back.
    @Test func `grows by what is touched`() async {
        await #expect(processExitsWith: .success) {
            let map = try MemoryMap(reserving: 1 << 24)
            let before = try #require(ResidentMemory.current)

            unsafe map.bytes.initializeMemory(as: UInt8.self, repeating: 1)
            let after = try #require(ResidentMemory.current)

            #expect(after.byteCount - before.byteCount > 1 << 23)
            #expect(after.pageTableByteCount > 0)
            #expect(after.addressSpaceByteCount >= after.byteCount)
        }
    }
}
