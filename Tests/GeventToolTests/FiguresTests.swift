// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import GeventTool

@Suite struct FiguresTests {
    @Test func `rounds as people read`() {
        #expect(Figures.bytes(999) == "999 B")
        #expect(Figures.bytes(1000) == "1.0 kB")
        #expect(Figures.bytes(999_960) == "1.0 MB")
        #expect(Figures.bytes(3_449_000) == "3.4 MB")
        #expect(
            Figures.seconds(.milliseconds(1005)) == "1.01 s"
                || Figures.seconds(.milliseconds(1005)) == "1.00 s")
        #expect(Figures.seconds(.milliseconds(40)) == "0.04 s")
        #expect(Figures.count(1, "file") == "1 file")
        #expect(Figures.count(2, "file") == "2 files")
    }
}
