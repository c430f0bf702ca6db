// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// A group that has room for so many members; whoever adds one more waits.
///
/// ```swift
/// let pool = Pool(10)
/// for address in addresses { try pool.spawn(download, address) }     // 10 at once
/// try pool.join()
/// ```
///
/// Waiters come in in the order they came. A place is free again as soon as its member has ended,
/// however it did.
///
/// gevent: `gevent.pool.Pool`.
public final class Pool: Group, @unchecked Sendable {
    // SAFETY: immutable; the rest is the group's.
    private let places: Semaphore?

    /// How many members there is room for; `nil` is no limit.
    ///
    /// gevent: `size`.
    public let size: Int?

    /// Makes a pool without members.
    ///
    /// - Parameter size: How many members there is room for; `nil` is no limit, and in a pool of
    ///   size 0 there never is room.
    /// - Precondition: `size` is not negative.
    ///
    /// gevent: `Pool(size)`.
    public init(_ size: Int? = nil) {
        require((size ?? 0) >= 0, "a Pool has no fewer than zero places")
        self.size = size
        places = size.map { Semaphore($0) }
        super.init()
    }

    /// How many members there is room for now; 1 if there is no limit.
    ///
    /// gevent: `free_count()`.
    public var freeCount: Int {
        requireOwnThread()
        return places?.counter ?? 1
    }

    /// Whether the next member has to wait for room.
    ///
    /// gevent: `full()`.
    public override var isFull: Bool { freeCount == 0 }

    public override func waitAvailable(timeout: Duration? = nil) throws -> Int {
        try enter()
        return try places?.wait(timeout: timeout) ?? 1
    }

    override func takePlace(block: Bool, timeout: Duration?) throws {
        guard let places else { return }
        guard try places.acquire(block: block, timeout: timeout) else { throw PoolFull() }
    }

    override func givePlaceBack() { places?.release() }
}

/// No place became free in the pool in time.
///
/// gevent: `gevent.pool.PoolFull`.
public struct PoolFull: Error, Sendable, Equatable, CustomStringConvertible {
    /// Makes one, for a pool of your own.
    public init() {}

    /// Says that the pool is full.
    public var description: String { "the pool is full" }
}
