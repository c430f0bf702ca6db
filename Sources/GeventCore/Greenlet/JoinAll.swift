// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// Waits for all the greenlets, or for `count` of them.
///
/// ```swift
/// try joinAll([spawn(test1), spawn(test2)])
/// ```
///
/// > Suspends: When not enough of them have ended.
///
/// - Parameters:
///   - greenlets: Those to wait for; one that is listed twice counts once.
///   - timeout: How long to wait; running out of time gives a shorter list.
///   - raiseError: Whether to throw the first error as soon as a greenlet fails; the others go on.
///   - count: How many to wait for; `nil`, or more than there are, is all.
/// - Returns: Those that have ended, in the order they did.
/// - Throws: With `raiseError` the error of the first that failed; what strikes the caller.
/// - Complexity: O(n), and a sort where they did not end in the order they are listed.
///
/// gevent: `gevent.joinall`.
@discardableResult
public func joinAll<G: AnyGreenlet>(
    _ greenlets: [G], timeout: Duration? = nil, raiseError: Bool = false, count: Int? = nil
) throws -> [G] {
    // SAFETY: arrays of classes are laid out alike, and every element that comes back went in.
    // Without the casts this would run as unspecialised generic code, at twice the cost of a spawn.
    if !raiseError && count == nil {
        return unsafe unsafeBitCast(
            try joinEach(unsafeBitCast(greenlets, to: [AnyGreenlet].self), timeout: timeout),
            to: [G].self)
    }
    var ended: [G] = []
    try waitEach(greenlets, timeout: timeout, count: count) { greenlet in
        ended.append(greenlet)
        if raiseError, greenlet.has(GV_WAS_FAILED), let error = greenlet.error { throw error }
    }
    return ended
}

/// Waits for greenlets of different types.
///
/// > Suspends: When not all of them have ended.
///
/// - Parameters:
///   - first: The first of those to wait for.
///   - others: The other ones.
///   - timeout: How long to wait; running out of time gives a shorter list.
///   - raiseError: Whether to throw the first error as soon as a greenlet fails; the others go on.
/// - Returns: Those that have ended, in the order they did.
/// - Throws: With `raiseError` the error of the first that failed; what strikes the caller.
///
/// gevent: `gevent.joinall`.
@discardableResult
public func joinAll(
    _ first: AnyGreenlet, _ others: AnyGreenlet..., timeout: Duration? = nil,
    raiseError: Bool = false
) throws -> [AnyGreenlet] {
    try joinAll([first] + others, timeout: timeout, raiseError: raiseError)
}

private func joinEach(_ greenlets: [AnyGreenlet], timeout: Duration?) throws -> [AnyGreenlet] {
    if let timeout {
        let limit = Limit(timeout)
        for greenlet in greenlets where try !greenlet.join(timeout: limit.remaining) { break }
        return inOrderOfEnd(greenlets.filter { $0.has(GV_IS_FINISHED) })
    }
    for greenlet in greenlets { try greenlet.join() }
    return inOrderOfEnd(greenlets)
}

private func inOrderOfEnd(_ ended: [AnyGreenlet]) -> [AnyGreenlet] {
    var last: UInt64 = 0
    var isOrdered = true
    for greenlet in ended {
        let serial = unsafe greenlet.node.pointee.serial
        if serial <= last { isOrdered = false }
        last = serial
    }
    if isOrdered { return ended }
    var unique: [AnyGreenlet] = []
    for greenlet in ended.sorted(by: { unsafe $0.node.pointee.serial < $1.node.pointee.serial })
    where unique.last !== greenlet { unique.append(greenlet) }
    return unique
}
