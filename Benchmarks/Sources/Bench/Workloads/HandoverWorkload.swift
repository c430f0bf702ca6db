// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Gevent

/// A number that goes back and forth between two greenlets through two channels, numbers that go
/// one way through one, and two events set in turn.
///
/// The limit is a word in a slot and the assembly switch.
enum HandoverWorkload: Workload {
    static let name = "handover"
    static let metrics = [
        Metric(name: "channel", aim: 35), Metric(name: "channel-one-way", aim: 35),
        Metric(name: "events", aim: 35),
    ]
    private static let count = 2_000_000

    static func measure() throws -> [Double] {
        try [channels, oneChannel, events].map { handOver in
            try handOver(count / 10)
            return try nanosecondsEach(count) { try handOver(count) }
        }
    }

    static func measureLimit() -> [Double] {
        _ = limit_handover(count / 10)
        return metrics.map { _ in limit_handover(count) }
    }

    private static func channels(_ count: Int) throws {
        let there = Channel<Int>()
        let back = Channel<Int>()
        let asker = spawn {
            var number = 0
            for _ in 0..<count / 2 {
                try there.put(number + 1)
                number = try back.get()
            }
            precondition(number == count / 2 * 2)
        }
        let answerer = spawn {
            for _ in 0..<count / 2 { try back.put(try there.get() + 1) }
        }
        try joinAll([asker, answerer], raiseError: true)
    }

    private static func oneChannel(_ count: Int) throws {
        let channel = Channel<Int>()
        let putter = spawn { for number in 0..<count { try channel.put(number) } }
        let getter = spawn {
            var sum = 0
            for _ in 0..<count { sum += try channel.get() }
            precondition(sum == count * (count - 1) / 2)
        }
        try joinAll([putter, getter], raiseError: true)
    }

    private static func events(_ count: Int) throws {
        let there = Event()
        let back = Event()
        let asker = spawn {
            for _ in 0..<count / 2 {
                there.set()
                try back.wait()
                back.clear()
            }
        }
        let answerer = spawn {
            for _ in 0..<count / 2 {
                try there.wait()
                there.clear()
                back.set()
            }
        }
        try joinAll([asker, answerer], raiseError: true)
    }
}
