// SPDX-License-Identifier: Apache-2.0
internal import Gevent

extension Operation {
    /// A greenlet that returns at once, and its join; on a stack in use before.
    static let spawn = Operation(name: "spawn") { times in
        for number in 0..<times { try Gevent.spawn { number }.join() }
    }

    /// A switch from one of two greenlets that let each other run.
    static let switching = Operation(name: "switch") { times in
        let greenlets = (0..<2).map { _ in
            Gevent.spawn { for _ in 0..<times / 2 { try sleep(.zero) } }
        }
        try joinAll(greenlets, raiseError: true)
    }

    /// A greenlet that sleeps for a time that is over when it has parked, with one timer beside its own.
    static let timer = Operation(name: "timer") { times in
        let other = Gevent.spawn { try sleep(.seconds(600)) }
        for _ in 0..<times { try sleep(.nanoseconds(1)) }
        try other.kill()
    }

    /// A block with a time limit that is not reached.
    static let withTimeout = Operation(name: "with-timeout") { times in
        var sum = 0
        for number in 0..<times { try Gevent.withTimeout(.seconds(600)) { sum &+= number } }
        precondition(sum == times * (times - 1) / 2)
    }
}
