// SPDX-License-Identifier: Apache-2.0

/// One registration of a descriptor: its number, and which registration of that number it is.
///
/// Numbers are reused by the kernel, tokens are not: an event that was under way when its descriptor
/// was closed does not reach the next owner of the number.
package struct PollToken: Hashable, Sendable {
    /// As the kernel carries it: the generation above, the descriptor's number below.
    package let rawValue: UInt64

    /// Takes the bits as they are.
    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    init(number: Int32, generation: UInt32) {
        rawValue = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: number))
    }

    /// The descriptor's number.
    package var number: Int32 {
        Int32(truncatingIfNeeded: rawValue)
    }

    var generation: UInt32 {
        UInt32(truncatingIfNeeded: rawValue >> 32)
    }
}
