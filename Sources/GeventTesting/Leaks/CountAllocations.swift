// SPDX-License-Identifier: Apache-2.0
internal import CGeventTesting
internal import GeventSystem

/// Counts what this thread allocates while `body` runs.
///
/// ```swift
/// let used = try allocations { queue.putNowait(1) }
/// #expect(used.count == 0)
/// ```
///
/// What is made on first use, such as caches and the chunks of a list, counts too: call `body` once
/// before, or use ``allocations(per:_:)``. What other greenlets of the thread do while `body` waits
/// is counted with it; other threads are not.
///
/// - Parameter body: What is looked at.
/// - Returns: What it has asked for.
/// - Throws: What `body` throws; ``AllocationsUncounted`` where another allocator is the first.
///
/// gevent: none.
public func allocations(_ body: () throws -> Void) throws -> Allocations {
    guard isCounting else { throw AllocationsUncounted() }
    let before = gv_allocations_here()
    try body()
    let after = gv_allocations_here()
    return Allocations(
        count: Int(after.calls - before.calls), byteCount: Int(after.bytes - before.bytes))
}

/// Counts what one run of `operation` allocates on average, once it is warm.
///
/// - Parameters:
///   - count: How many runs are counted, after as many that are not; more than none.
///   - operation: What is looked at.
/// - Returns: The average of a run.
/// - Throws: What `operation` throws; ``AllocationsUncounted`` where another allocator is the first.
///
/// gevent: none.
public func allocations(per count: Int, _ operation: () throws -> Void) throws -> AllocationRate {
    require(count > 0, "an average is of at least one operation")
    for _ in 0..<count { try operation() }
    let all = try allocations { for _ in 0..<count { try operation() } }
    return AllocationRate(
        count: Double(all.count) / Double(count), byteCount: Double(all.byteCount) / Double(count))
}

/// Whether memory that Swift's runtime asks for is seen.
private var isCounting: Bool {
    let before = gv_allocations_here().calls
    // Its address goes out, or the compiler would find that nobody needs it.
    let probe = ObjectIdentifier(Probe())
    return gv_allocations_here().calls > before && probe != ObjectIdentifier(Probe.self)
}

private final class Probe {
    @inline(never) init() {}
}
