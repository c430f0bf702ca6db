// SPDX-License-Identifier: Apache-2.0

/// What a piece of code has asked the allocator for.
///
/// gevent: none.
public struct Allocations: Hashable, Sendable, CustomStringConvertible {
    /// How many times it was given memory: `malloc`, `calloc`, `realloc` and the aligned ones.
    public let count: Int
    /// The bytes that it asked for, all calls together; nothing is taken off for what was freed.
    public let byteCount: Int

    /// So many, for a comparison.
    public init(count: Int, byteCount: Int) {
        self.count = count
        self.byteCount = byteCount
    }

    /// Both in words.
    public var description: String { "\(count) allocations of \(byteCount) bytes" }
}

/// What one of many equal operations asks the allocator for, on average.
///
/// gevent: none.
public struct AllocationRate: Hashable, Sendable, CustomStringConvertible {
    /// How many times it is given memory.
    public let count: Double
    /// The bytes that it asks for.
    public let byteCount: Double

    /// So many, for a comparison.
    public init(count: Double, byteCount: Double) {
        self.count = count
        self.byteCount = byteCount
    }

    /// Both in words.
    public var description: String { "\(count) allocations of \(byteCount) bytes each" }
}

/// Allocations cannot be counted in this program.
///
/// gevent: none.
public struct AllocationsUncounted: Error, Sendable, CustomStringConvertible {
    /// Why not.
    public var description: String {
        "allocations cannot be counted here: malloc is not the one of GeventTesting, as under "
            + "AddressSanitizer, ThreadSanitizer and memory checkers"
    }
}
