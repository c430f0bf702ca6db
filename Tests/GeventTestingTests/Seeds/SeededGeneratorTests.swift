// SPDX-License-Identifier: Apache-2.0
import GeventTesting
import Testing

@Suite struct SeededGeneratorTests {
    // From the reference implementation of SplitMix64.
    @Test func `gives the numbers of SplitMix64`() {
        var numbers = SeededGenerator(seed: 1_234_567)

        #expect(numbers.next() == 6_457_827_717_110_365_317)
        #expect(numbers.next() == 3_203_168_211_198_807_973)
    }

    @Test func `gives the same numbers for the same seed`() {
        var one = SeededGenerator(seed: 7)
        var other = SeededGenerator(seed: 7)

        #expect((0..<100).map { _ in one.next() } == (0..<100).map { _ in other.next() })
    }

    @Test func `goes its own way after it was split off`() {
        var whole = SeededGenerator(seed: 7)
        var part = whole.split()
        let parts = (0..<3).map { _ in part.next() }
        var again = SeededGenerator(seed: 7)
        _ = again.split()

        #expect(whole.next() == again.next())
        #expect(!parts.contains(whole.next()))
    }
}
