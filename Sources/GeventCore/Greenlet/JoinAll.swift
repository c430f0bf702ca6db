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
    guard raiseError || count != nil else {
        let limit = Limit(timeout)
        for greenlet in greenlets where try !greenlet.join(timeout: limit.remaining) { break }
        return inOrderOfEnd(greenlets)
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
    _ first: AnyGreenlet, _ others: AnyGreenlet..., timeout: Duration? = nil, raiseError: Bool = false
) throws -> [AnyGreenlet] {
    try joinAll([first] + others, timeout: timeout, raiseError: raiseError)
}

private func inOrderOfEnd<G: AnyGreenlet>(_ greenlets: [G]) -> [G] {
    var ended: [G] = []
    ended.reserveCapacity(greenlets.count)
    var isOrdered = true
    var last: UInt64 = 0
    for greenlet in greenlets where greenlet.has(GV_IS_FINISHED) {
        let serial = unsafe greenlet.node.pointee.serial
        if serial <= last { isOrdered = false }
        last = serial
        ended.append(greenlet)
    }
    if isOrdered { return ended }
    ended.sort { unsafe $0.node.pointee.serial < $1.node.pointee.serial }
    var unique: [G] = []
    for greenlet in ended where unique.last !== greenlet { unique.append(greenlet) }
    return unique
}
