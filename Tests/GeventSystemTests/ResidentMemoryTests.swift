// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Testing

// In a child process: here other tests take up memory and give it back meanwhile.
@Suite struct ResidentMemoryTests {
    @Test func `grows by what is touched, and shrinks by what is given back`() async {
        await #expect(processExitsWith: .success) {
            let map = try MemoryMap(reserving: 1 << 26)
            unsafe try? MemoryAdvice.forbidHugePages(map.bytes)
            let before = try #require(ResidentMemory.current)

            unsafe map.bytes.initializeMemory(as: UInt8.self, repeating: 1)
            let during = try #require(ResidentMemory.current)
            unsafe try MemoryAdvice.discard(map.bytes)
            let after = try #require(ResidentMemory.current)

            #expect(during.byteCount - before.byteCount > 1 << 25)
            #expect(during.byteCount - after.byteCount > 1 << 25)
            #expect(during.pageTableByteCount > before.pageTableByteCount)
        }
    }

    @Test func `counts address space that nobody has touched`() async {
        await #expect(processExitsWith: .success) {
            let before = try #require(ResidentMemory.current)
            let map = try MemoryMap(reserving: 1 << 30)
            let after = try #require(ResidentMemory.current)

            #expect(after.addressSpaceByteCount - before.addressSpaceByteCount >= 1 << 30)
            #expect(after.byteCount - before.byteCount < 1 << 25)
            #expect(after.addressSpaceByteCount >= after.byteCount)
            #expect(map.byteCount == 1 << 30)
        }
    }
}
