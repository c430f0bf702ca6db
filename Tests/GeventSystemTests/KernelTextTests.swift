// SPDX-License-Identifier: Apache-2.0

import GeventSystem
import Testing

@Suite struct KernelTextTests {
    @Test func `reads a file that is longer than one read`() throws {
        let text = try #require(KernelText.contents(of: "/proc/self/smaps"))

        #expect(text.utf8.count > 8_192)
        #expect(text.hasSuffix("\n"))
    }

    @Test func `is nil for a file that is not there`() {
        #expect(KernelText.contents(of: "/proc/none") == nil)
        #expect(KernelText.number(at: "/proc/none") == nil)
    }

    @Test func `finds the number after a key`() {
        let text = "VmPeak:\t   10 kB\nVmRSS:\t 4096 kB\nName:\tx\n"

        #expect(KernelText.number(after: "VmRSS:", in: text) == 4_096)
        #expect(KernelText.number(after: "Name:", in: text) == nil)
        #expect(KernelText.number(after: "VmSwap:", in: text) == nil)
    }
}
