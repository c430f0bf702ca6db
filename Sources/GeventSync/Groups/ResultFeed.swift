// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventCore

/// What a ``ResultSequence`` and the greenlets that work for it share.
///
/// A result has a number: that of its item, or, unordered, that of its arrival. They are taken by
/// number.
final class ResultFeed<Value> {
    private let isOrdered: Bool
    private let room: Semaphore?
    private let line = WaitList()
    private var results: [Int: Result<Value, any Error>] = [:]
    private var arrived = 0
    private var taken = 0
    // How many takers have made room, one result each.
    private var asked = 0
    // How many results there will be in all, once that is known.
    private var total: Int?
    private var sourceError: (any Error)?
    private var isAbandoned = false

    init(isOrdered: Bool, maxSize: Int?) {
        precondition(maxSize.map { $0 > 0 } ?? true, "maxSize is at least 1")
        self.isOrdered = isOrdered
        room = maxSize.map { Semaphore($0) }
    }

    /// Has a greenlet begun for each item, as there is room.
    ///
    /// > Suspends: When there is no room, and where `next` and `begin` do.
    func fill<Item>(
        pulling next: () throws -> Item?, begin: (Item) throws -> Greenlet<Value>
    ) {
        var count = 0
        do {
            while true {
                try room?.acquire()
                guard let item = try next() else { break }
                let number = count
                try begin(item).rawLink { [self] in deliver($0, number: number) }
                count += 1
            }
        } catch {
            sourceError = error
        }
        total = count
        wakeTakers()
    }

    /// The next result; `nil` at the end.
    ///
    /// > Suspends: When it has not come yet.
    ///
    /// - Throws: What strikes the caller while it waits.
    func take() throws -> Result<Value, any Error>? {
        if asked <= taken {
            asked = taken + 1
            room?.release()
        }
        while true {
            if let result = results.removeValue(forKey: taken) {
                taken += 1
                return result
            }
            if taken == total { return takeSourceError().map { .failure($0) } }
            let hub = unsafe currentHubPointer()
            unsafe line.queue.lock()
            _ = unsafe try Wait(what: "the next result", object: self)
                .park(on: line.queue, hub: hub, timeout: nil)
        }
    }

    /// Notes that nobody will take any more results.
    func abandon() { isAbandoned = true }

    private func takeSourceError() -> (any Error)? {
        defer { sourceError = nil }
        return sourceError
    }

    private func deliver(_ worker: Greenlet<Value>, number: Int) {
        // Not looked at, so that an error is reported when the worker goes.
        if isAbandoned { return }
        results[isOrdered ? number : arrived] = Result { try worker.get(block: false) }
        arrived += 1
        wakeTakers()
    }

    private func wakeTakers() {
        unsafe line.queue.lock()
        _ = unsafe gv_wait_wake_all(line.queue)
        unsafe line.queue.unlock()
    }
}
