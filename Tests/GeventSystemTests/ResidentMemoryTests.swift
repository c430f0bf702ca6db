// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Testing

@Suite struct ResidentMemoryTests {
    @Test func `grows by what is touched`() throws {
        let map = try MemoryMap(reserving: 1 << 24)
        let before = try #require(ResidentMemory.current)

        unsafe map.bytes.initializeMemory(as: UInt8.self, repeating: 1)
        let after = try #require(ResidentMemory.current)

        #expect(after.byteCount - before.byteCount > 1 << 23)
        #expect(after.pageTableByteCount > 0)
        #expect(after.addressSpaceByteCount >= after.byteCount)
    }
}
