// SPDX-License-Identifier: Apache-2.0
internal import Gevent

extension Operation {
    /// A wait for an event that another greenlet sets.
    static let event = Operation(name: "event") { times in
        try alternate(times) { event in _ = try event.wait() }
    }

    /// The same with a time limit that is not reached.
    static let timeout = Operation(name: "timeout") { times in
        try alternate(times) { event in _ = try event.wait(timeout: .seconds(600)) }
    }

    /// A number from one greenlet to another, who wait for each other.
    static let channel = Operation(name: "channel") { times in
        let channel = Channel<Int>()
        try pass(times, put: { try channel.put($0) }, get: { try channel.get() })
    }

    /// A number through a queue that holds a hundred.
    static let queue = Operation(name: "queue") { times in
        let queue = Queue<Int>(maxSize: 100)
        try pass(times, put: { try queue.put($0) }, get: { try queue.get() })
    }

    /// A place that two greenlets take in turn, since each waits while it has it.
    static let semaphore = Operation(name: "semaphore") { times in
        let place = Semaphore(1)
        let greenlets = (0..<2).map { _ in
            Gevent.spawn {
                for _ in 0..<times / 2 {
                    try place.acquire()
                    try sleep(.zero)
                    place.release()
                }
            }
        }
        try joinAll(greenlets, raiseError: true)
    }

    /// 64 bytes to another greenlet through a pair of sockets, and back.
    static let echo = Operation(name: "echo") { times in
        let (near, far) = try UnixStream.pair()
        let answering = Gevent.spawn {
            while true {
                let bytes = try far.read(upTo: 4096)
                if bytes.isEmpty { return far.close() }
                try far.write(bytes)
            }
        }
        let message = [UInt8](repeating: 7, count: 64)
        for _ in 0..<times {
            try near.write(message)
            let answer = try near.readExactly(64)
            precondition(answer == message, "the echo has changed the bytes")
        }
        near.close()
        try answering.get()
    }

    private static func alternate(_ times: Int, _ wait: @escaping (Event) throws -> Void) throws {
        let there = Event()
        let back = Event()
        let asker = Gevent.spawn {
            for _ in 0..<times / 2 {
                there.set()
                try wait(back)
                back.clear()
            }
        }
        let answerer = Gevent.spawn {
            for _ in 0..<times / 2 {
                try wait(there)
                there.clear()
                back.set()
            }
        }
        try joinAll([asker, answerer], raiseError: true)
    }

    @inline(__always) private static func pass(
        _ times: Int, put: @escaping (Int) throws -> Void, get: @escaping () throws -> Int
    ) throws {
        let putter = Gevent.spawn { for number in 0..<times { try put(number) } }
        let getter = Gevent.spawn {
            var sum = 0
            for _ in 0..<times { sum += try get() }
            precondition(sum == times * (times - 1) / 2, "a number was lost")
        }
        try joinAll([putter, getter], raiseError: true)
    }
}
