// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventTesting
import Testing

@Suite struct SyncContractTests {
    @Test(arguments: WaitContract.Clause.allCases, WaitContract.eventsResultsAndLocks)
    func `keeps the contract of all waits`(clause: WaitContract.Clause, contract: WaitContract)
        throws
    {
        try contract.check(clause)
    }

    // In callbacks a queue does not refuse: it answers at once, as if it had been told not to wait.
    @Test(
        arguments: WaitContract.Clause.allCases.filter { $0 != .isRefusedInCallbacks },
        WaitContract.queues)
    func `keeps the contract, as a queue`(clause: WaitContract.Clause, contract: WaitContract)
        throws
    {
        try contract.check(clause)
    }
}

extension WaitContract {
    fileprivate static let eventsResultsAndLocks: [WaitContract] = [
        WaitContract("Event.wait") {
            let event = Event()
            return Attempt { try event.wait(timeout: $0) }
        },
        WaitContract("wait for an Event") {
            let event = Event()
            return Attempt(waiterCount: { event.linkCount }) {
                try !wait([event], timeout: $0).isEmpty
            }
        },
        WaitContract("Semaphore.acquire") {
            let semaphore = Semaphore(0)
            return Attempt { try semaphore.acquire(timeout: $0) }
        },
        WaitContract("Semaphore.wait") {
            let semaphore = Semaphore(0)
            return Attempt { try semaphore.wait(timeout: $0) > 0 }
        },
        WaitContract("wait for a Semaphore") {
            let semaphore = Semaphore(0)
            return Attempt(waiterCount: { semaphore.linkCount }) {
                try !wait([semaphore], timeout: $0).isEmpty
            }
        },
        WaitContract("BoundedSemaphore.acquire") {
            let semaphore = BoundedSemaphore(0)
            return Attempt { try semaphore.acquire(timeout: $0) }
        },
        WaitContract("BoundedSemaphore.wait") {
            let semaphore = BoundedSemaphore(0)
            return Attempt { try semaphore.wait(timeout: $0) > 0 }
        },
        WaitContract("wait for a BoundedSemaphore") {
            let semaphore = BoundedSemaphore(0)
            return Attempt(waiterCount: { semaphore.linkCount }) {
                try !wait([semaphore], timeout: $0).isEmpty
            }
        },
        WaitContract("AsyncResult.get", throwing: { $0 is Timeout }) {
            let result = AsyncResult<Int>()
            return Attempt {
                _ = try result.get(timeout: $0)
                return true
            }
        },
        WaitContract("AsyncResult.wait") {
            let result = AsyncResult<Int>()
            return Attempt { try result.wait(timeout: $0) != nil }
        },
        WaitContract("wait for an AsyncResult") {
            let result = AsyncResult<Int>()
            return Attempt(waiterCount: { result.linkCount }) {
                try !wait([result], timeout: $0).isEmpty
            }
        },
        WaitContract("Condition.wait") {
            let condition = Condition(Semaphore(1))
            return Attempt { limit in
                try condition.withLock { try condition.wait(timeout: limit) }
            }
        },
        WaitContract("Condition.waitFor") {
            let condition = Condition(BoundedSemaphore(1))
            return Attempt { limit in
                try condition.withLock { try condition.waitFor(timeout: limit) { false } }
            }
        },
        WaitContract("RLock.acquire") {
            let lock = RLock()
            try spawn { try lock.acquire() }.join()
            return Attempt { try lock.acquire(timeout: $0) }
        },
        WaitContract("Condition.wait with an RLock") {
            let condition = Condition()
            return Attempt { limit in
                try condition.withLock { try condition.wait(timeout: limit) }
            }
        },
        WaitContract("Condition.waitFor with an RLock") {
            let condition = Condition()
            return Attempt { limit in
                try condition.withLock { try condition.waitFor(timeout: limit) { false } }
            }
        },
    ]

    fileprivate static let queues =
        QueueKind.allCases.flatMap(ways) + [
            WaitContract("Channel.get", throwing: { $0 is QueueEmpty }) {
                let channel = Channel<Int>()
                return Attempt(waiterCount: { -channel.balance }) {
                    _ = try channel.get(timeout: $0)
                    return true
                }
            },
            WaitContract("Channel.put", throwing: { $0 is QueueFull }) {
                let channel = Channel<Int>()
                return Attempt(waiterCount: { channel.balance }) {
                    try channel.put(1, timeout: $0)
                    return true
                }
            },
        ]

    /// The ways to wait for a queue of this kind.
    private static func ways(_ kind: QueueKind) -> [WaitContract] {
        [
            WaitContract("\(kind) get", throwing: { $0 is QueueEmpty }) {
                let queue: any AnyQueue<Int> = kind.make()
                return Attempt(waiterCount: { queue.getterCount }) {
                    _ = try queue.get(timeout: $0)
                    return true
                }
            },
            WaitContract("\(kind) peek", throwing: { $0 is QueueEmpty }) {
                let queue: any AnyQueue<Int> = kind.make()
                return Attempt(waiterCount: { queue.getterCount }) {
                    _ = try queue.peek(timeout: $0)
                    return true
                }
            },
            WaitContract("\(kind) put", throwing: { $0 is QueueFull }) {
                let queue = kind.make([1], maxSize: 1)
                return Attempt(waiterCount: { queue.putterCount }) {
                    try queue.put(2, timeout: $0)
                    return true
                }
            },
            WaitContract("\(kind) join") {
                let queue = kind.make([1])
                return Attempt { try queue.join(timeout: $0) }
            },
        ]
    }
}
