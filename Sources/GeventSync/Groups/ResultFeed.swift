// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
public import GeventCore
internal import GeventSystem

/// What a ``ResultSequence`` and the greenlets that work for it share.
///
/// A worker that has ended has a number: that of its item, or, unordered, that of its arrival. They
/// are taken by number.
@usableFromInline final class ResultFeed {
    private let isOrdered: Bool
    private let room: Semaphore?
    private let line = WaitList()
    private var ended: [Int: AnyGreenlet] = [:]
    private var arrived = 0
    private var taken = 0
    // How many takers have made room, for one worker each.
    private var asked = 0
    // How many workers there will be in all, once that is known.
    private var total: Int?
    private var sourceError: (any Error)?

    @usableFromInline init(isOrdered: Bool, maxSize: Int?) {
        require(maxSize.map { $0 > 0 } ?? true, "maxSize is at least 1")
        self.isOrdered = isOrdered
        room = maxSize.map { Semaphore($0) }
    }

    /// Has workers begun, as there is room, until there are no more items.
    ///
    /// > Suspends: When there is no room, and where `begin` does.
    ///
    /// - Parameter begin: Takes the next item and begins a worker for it; `nil` is the end.
    @usableFromInline
    func fill(_ begin: () throws -> AnyGreenlet?) {
        var count = 0
        do {
            while true {
                try room?.acquire()
                guard let worker = try begin() else { break }
                let number = count
                worker.rawLink { [self] in deliver($0, number: number) }
                count += 1
            }
        } catch {
            sourceError = error
        }
        total = count
        wakeTakers()
    }

    /// The next worker that has ended; `nil` when all have been taken.
    ///
    /// > Suspends: When it has not ended yet.
    ///
    /// - Throws: The error of the source, last; what strikes the caller while it waits.
    @usableFromInline
    func take() throws -> AnyGreenlet? {
        if asked <= taken {
            asked = taken + 1
            room?.release()
        }
        while true {
            if let worker = ended.removeValue(forKey: taken) {
                taken += 1
                return worker
            }
            if taken == total {
                defer { sourceError = nil }
                if let sourceError { throw sourceError }
                return nil
            }
            let hub = unsafe currentHubPointer()
            unsafe line.queue.lock()
            _ = unsafe try Wait(what: "the next result", object: self)
                .park(on: line.queue, hub: hub, timeout: nil)
        }
    }

    private func deliver(_ worker: AnyGreenlet, number: Int) {
        ended[isOrdered ? number : arrived] = worker
        arrived += 1
        wakeTakers()
    }

    private func wakeTakers() {
        unsafe line.queue.lock()
        _ = unsafe gv_wait_wake_all(line.queue)
        unsafe line.queue.unlock()
    }
}
