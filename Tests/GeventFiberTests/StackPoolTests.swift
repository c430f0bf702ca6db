// SPDX-License-Identifier: Apache-2.0
import GeventFiber
import GeventSystem
import Testing

@Suite struct StackPoolTests {
    @Test func `keeps a guard of at least 64 KiB below each stack`() {
        #expect(StackPool.guardByteCount >= 64 * 1024)
    }
}
