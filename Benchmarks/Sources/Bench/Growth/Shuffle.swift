// SPDX-License-Identifier: Apache-2.0

/// Numbers in an order that means nothing and is the same each time: SplitMix64.
struct Shuffle: RandomNumberGenerator {
    private var state: UInt64 = 1

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The numbers below `count`, shuffled.
    static func order(_ count: Int) -> [Int] {
        var generator = Shuffle()
        return (0..<count).shuffled(using: &generator)
    }

    /// Times between `least` and `least + width`.
    static func durations(_ count: Int, from least: Duration, within width: Duration) -> [Duration]
    {
        var generator = Shuffle()
        let (seconds, attoseconds) = width.components
        let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        return (0..<count).map { _ in
            least + .nanoseconds(Int64.random(in: 0..<nanoseconds, using: &generator))
        }
    }
}
