// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Gevent

/// Numbers through a queue that holds a hundred, from one greenlet to one, and from ten to ten.
///
/// This module is a user's: what the compiler may inline of the queue, it may inline there too. The
/// limit is a ring filled and emptied in turn in one thread.
enum QueueWorkload: Workload {
    static let name = "queue"
    static let metrics = [
        Metric(name: "one-to-one", aim: 15), Metric(name: "ten-to-ten", aim: 15),
    ]
    private static let count = 5_000_000

    static func measure() throws -> [Double] {
        try [1, 10].map { each in
            try pass(count / 10, by: each)
            return try nanosecondsEach(count) { try pass(count, by: each) }
        }
    }

    static func measureLimit() -> [Double] {
        _ = limit_queue(count / 10)
        return metrics.map { _ in limit_queue(count) }
    }

    /// Passes `count` numbers from `each` greenlets to as many.
    private static func pass(_ count: Int, by each: Int) throws {
        let queue = Queue<Int>(maxSize: 100)
        let share = count / each
        let putters = (0..<each).map { _ in
            spawn { for number in 0..<share { try queue.put(number) } }
        }
        let getters = (0..<each).map { _ in
            spawn {
                var sum = 0
                for _ in 0..<share { sum += try queue.get() }
                return sum
            }
        }
        try joinAll(putters, raiseError: true)
        let sum = try getters.reduce(0) { try $0 + $1.get() }
        precondition(sum == each * (share * (share - 1) / 2), "the queue has lost a number")
    }
}
