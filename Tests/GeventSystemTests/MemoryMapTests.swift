// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Glibc
import Testing

@Suite struct MemoryMapTests {
    @Test func `is zeros that can be written, in whole pages`() throws {
        let map = try MemoryMap(reserving: MemoryPage.byteCount + 1)

        #expect(map.byteCount == 2 * MemoryPage.byteCount)
        #expect(unsafe map.bytes.allSatisfy { $0 == 0 })
        unsafe map.bytes[map.byteCount - 1] = 9
        #expect(unsafe map.bytes[map.byteCount - 1] == 9)
    }

    @Test func `costs nothing until it is touched`() throws {
        let map = try MemoryMap(reserving: 1 << 36)

        unsafe map.bytes[0] = 1

        let front = unsafe UnsafeMutableRawBufferPointer(start: map.base, count: 1 << 24)
        #expect(unsafe try MemoryAdvice.residentByteCount(front) < 1 << 22)
    }

    @Test func `gives the range back`() throws {
        let map = try MemoryMap(reserving: MemoryPage.byteCount)

        try map.unmap()
    }

    @Test func `names the limits when there is no room`() {
        let error = #expect(throws: SystemError.self) {
            _ = try MemoryMap(reserving: 1 << 60)
        }

        #expect(error?.code == ENOMEM)
        #expect(error?.note?.contains("vm.max_map_count is ") == true)
    }

    @Test func `traps when it has no bytes`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = try MemoryMap(reserving: 0)
        }

        #expect(result.errorText.contains("a mapping has at least one byte"))
    }

    @Test func `rounds to pages`() {
        let page = MemoryPage.byteCount

        #expect(MemoryPage.roundUp(0) == 0)
        #expect(MemoryPage.roundUp(1) == page)
        #expect(MemoryPage.roundUp(page) == page)
        #expect(MemoryPage.roundDown(2 * page - 1) == page)
    }
}
