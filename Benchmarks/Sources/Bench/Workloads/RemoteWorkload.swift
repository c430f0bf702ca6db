// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Gevent

/// What threads cost each other, on two cores: the lock of a primitive while nobody else wants it, a
/// word handed from one hub to another, a closure handed to a hub by a thread that has none, and
/// numbers through a queue from ten greenlets of one hub to ten of another.
///
/// The limits: the same addition without the lock, two threads at a condition variable, a list under a
/// mutex, and a ring under a mutex.
enum RemoteWorkload: Workload {
    static let name = "remote"
    static let metrics = [
        Metric(name: "lock"), Metric(name: "handover"), Metric(name: "submit"),
        Metric(name: "callback"), Metric(name: "ten-to-ten"),
    ]
    private static let turns = 200_000
    private static let messages = 300_000
    private static let items = 2_000_000

    static func measure() throws -> [Double] {
        limit_use_all_cores()
        let lock = limit_lock(100_000_000, 1)
        try handOver(turns / 10)
        let handover = try nanosecondsEach(2 * turns) { try handOver(turns) }
        let submit = try hand { remote, body in try remote.submit(body) }
        let callback = try hand { remote, body in try remote.runCallback(body) }
        try pass(items / 10)
        return [
            lock, handover, submit, callback, try nanosecondsEach(items) { try pass(items) },
        ]
    }

    static func measureLimit() -> [Double] {
        limit_use_all_cores()
        return [
            limit_lock(100_000_000, 0), limit_condition(turns), limit_list(messages),
            limit_list(messages), limit_guarded_ring(items),
        ]
    }

    /// Hands a number there and back so often, between this hub and another one.
    private static func handOver(_ turns: Int) throws {
        let there = Channel<Int>()
        let back = Channel<Int>()
        Hub.current.keepAlive()
        let other = Elsewhere {
            Hub.current.keepAlive()
            for _ in 0..<turns { try back.put(there.get()) }
        }
        for number in 0..<turns {
            try there.put(number)
            let answer = try back.get()
            precondition(answer == number, "a number was lost")
        }
        other.join()
    }

    /// What a message costs, from the first until the last has run.
    private static func hand(
        _ hand:
            @escaping @Sendable (HubRemote, @escaping @Sendable () throws -> Void) throws -> Void
    ) throws -> Double {
        let remote = Hub.current.remote
        let all = messages
        let done = Event()
        nonisolated(unsafe) var count = 0
        return try nanosecondsEach(all) {
            let sender = Elsewhere {
                for _ in 0..<all {
                    try hand(remote) {
                        unsafe count += 1
                        if unsafe count == all { done.set() }
                    }
                }
            }
            try done.wait()
            sender.join()
        }
    }

    /// Passes `count` numbers from ten greenlets of this hub to ten of another one.
    private static func pass(_ count: Int) throws {
        let queue = Queue<Int>(maxSize: 100)
        let share = count / 10
        Hub.current.keepAlive()
        let other = Elsewhere {
            Hub.current.keepAlive()
            let getters = (0..<10).map { _ in
                spawn {
                    var sum = 0
                    for _ in 0..<share { sum += try queue.get() }
                    return sum
                }
            }
            let sum = try getters.reduce(0) { try $0 + $1.get() }
            precondition(sum == 10 * (share * (share - 1) / 2), "the queue has lost a number")
        }
        let putters = (0..<10).map { _ in
            spawn { for number in 0..<share { try queue.put(number) } }
        }
        try joinAll(putters, raiseError: true)
        other.join()
    }
}
