// SPDX-License-Identifier: Apache-2.0

/// Random numbers that are the same in every run: SplitMix64.
///
/// For tests only, as whoever knows one number knows all that follow.
///
/// gevent: none.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator that gives what every other one of this seed gives.
    public init(seed: UInt64) { state = seed }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A generator of its own for one part of a test.
    ///
    /// What one part draws then changes nothing for the others, as it would if they shared one.
    ///
    /// - Returns: A generator whose numbers follow from this one's next number.
    public mutating func split() -> SeededGenerator { SeededGenerator(seed: next()) }
}
