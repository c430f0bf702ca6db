// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// Hands over each of `objects` as it becomes ready.
///
/// ```swift
/// try waitEach(downloads) { print(try $0.get()) }
/// ```
///
/// > Suspends: When the next object is not ready yet.
///
/// - Parameters:
///   - objects: What to wait for; one that is listed twice counts once.
///   - timeout: How long to wait in all; running out of time ends the waiting.
///   - count: How many to hand over; `nil`, or more than there are, is all.
///   - body: Gets each object in the order they became ready. Throwing ends the waiting.
/// - Throws: What `body` throws, and what strikes the caller while it waits.
/// - Complexity: O(n).
///
/// gevent: `gevent.iwait`.
public func waitEach<Object: Waitable>(
    _ objects: [Object], timeout: Duration? = nil, count: Int? = nil,
    _ body: (Object) throws -> Void
) throws {
    let race = Race(objects)
    defer { race.unlink() }
    let limit = Limit(timeout)
    var left = min(count ?? .max, race.objects.count)
    while left > 0, let index = try race.next(timeout: limit.remaining) {
        left -= 1
        try body(race.objects[index])
    }
}

/// Waits until the objects, or `count` of them, are ready.
///
/// > Suspends: When not enough of them are ready.
///
/// - Parameters:
///   - objects: What to wait for.
///   - timeout: How long to wait; running out of time gives a shorter list.
///   - count: How many to wait for; `nil`, or more than there are, is all.
/// - Returns: Those that are ready, in the order they became so.
/// - Throws: What strikes the caller while it waits.
/// - Complexity: O(n).
///
/// gevent: `gevent.wait`.
@discardableResult
public func wait<Object: Waitable>(
    _ objects: [Object], timeout: Duration? = nil, count: Int? = nil
) throws -> [Object] {
    var ready: [Object] = []
    try waitEach(objects, timeout: timeout, count: count) { ready.append($0) }
    return ready
}

/// Waits until objects of different types are ready.
///
/// > Suspends: When not all of them are ready.
///
/// - Parameters:
///   - objects: What to wait for.
///   - timeout: How long to wait; running out of time gives a shorter list.
///   - count: How many to wait for; `nil`, or more than there are, is all.
/// - Returns: Those that are ready, in the order they became so.
/// - Throws: What strikes the caller while it waits.
///
/// gevent: `gevent.wait`.
@discardableResult
public func wait(
    _ objects: [any Waitable], timeout: Duration? = nil, count: Int? = nil
) throws -> [any Waitable] {
    var ready: [any Waitable] = []
    try waitEach(objects.map(AnyWaitable.init), timeout: timeout, count: count) {
        ready.append($0.object)
    }
    return ready
}

/// Makes different types of waitable objects into one.
private final class AnyWaitable: Waitable {
    let object: any Waitable

    init(_ object: any Waitable) { self.object = object }

    var isReady: Bool { object.isReady }
    func linkReady(_ callback: @escaping () -> Void) -> LinkToken { object.linkReady(callback) }
    func linkAnywhere(_ callback: @escaping @Sendable () -> Void) -> LinkToken {
        object.linkAnywhere(callback)
    }
    func unlink(_ token: LinkToken) { object.unlink(token) }
    var identity: ObjectIdentifier { ObjectIdentifier(object) }
}

/// Objects that are being waited for.
private struct Race<Object: Waitable> {
    let objects: [Object]
    private let order = ReadyOrder()
    private var links: [(object: Object, token: LinkToken)] = []

    /// All of `all`, each one once.
    init(_ all: [Object]) {
        var seen = Set<ObjectIdentifier>()
        objects = all.filter {
            seen.insert(($0 as? AnyWaitable)?.identity ?? ObjectIdentifier($0)).inserted
        }
        // Those that are ready need no link, and come first.
        var waited: [Int] = []
        for (index, object) in objects.enumerated() {
            if object.isReady { order.note(index) } else { waited.append(index) }
        }
        for index in waited {
            let token = objects[index].linkAnywhere { [weak order] in order?.note(index) }
            links.append((objects[index], token))
        }
    }

    /// The next one that is ready; `nil` when the time is up first.
    func next(timeout: Duration?) throws -> Int? { try order.next(timeout: timeout) }

    /// Takes back the links of those that are not ready.
    func unlink() { for link in links { link.object.unlink(link.token) } }
}

/// The order in which some objects have become ready; each says so on a thread of its own.
@safe private final class ReadyOrder: @unchecked Sendable {
    // SAFETY: `ready` is behind the lock of the line; the rest belongs to whoever waits.
    private let line = WaitList()
    @exclusivity(unchecked) private var ready: [Int] = []
    private var taken = 0

    func note(_ index: Int) {
        unsafe line.queue.lock()
        unsafe ready.append(index)
        if let waiter = unsafe gv_wait_claim_first(line.queue) {
            unsafe gv_wake(waiter.pointee.greenlet)
        }
        unsafe line.queue.unlock()
    }

    func next(timeout: Duration?) throws -> Int? {
        let hub = unsafe waitingHubPointer()
        let limit = Limit(timeout)
        while true {
            unsafe line.queue.lock()
            if unsafe taken < ready.count { return takeLocked() }
            let isWoken = unsafe try Wait(what: "wait", object: self).park(
                on: line.queue, hub: hub, timeout: limit.remaining)
            unsafe line.queue.lock()
            if unsafe taken < ready.count { return takeLocked() }
            unsafe line.queue.unlock()
            if !isWoken && timeout != nil { return nil }
        }
    }

    private func takeLocked() -> Int {
        defer { unsafe line.queue.unlock() }
        taken += 1
        return unsafe ready[taken - 1]
    }
}
