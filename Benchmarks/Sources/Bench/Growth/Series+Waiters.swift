// SPDX-License-Identifier: Apache-2.0
internal import Gevent

extension Series {
    /// Greenlets that wait for one object.
    static let waiters = [event, semaphore, queue, channel, result, join, any, oneOf]

    private static func waiting(
        _ name: String, _ metric: String, _ measure: @escaping @Sendable (Int) throws -> Double
    ) -> Series {
        Series(name: name, things: "waiters", decades: 0...5, metrics: [metric]) { size in
            try mean(of: size) { [try measure($0)] }
        }
    }

    /// One set wakes all.
    private static let event = Series(
        name: "event", things: "waiters", decades: 0...5, metrics: ["wake", "leave"]
    ) { size in
        try mean(of: size) { size in
            let event = Event()
            let wake = try woken(size, by: { event.set() }) { _ = try event.wait() }
            event.clear()
            return [wake, try left(size) { _ = try event.wait() }]
        }
    }

    /// A place that each hands to the next.
    private static let semaphore = waiting("semaphore", "hand-over") { size in
        let place = Semaphore(0)
        return try woken(size, by: { _ = place.release() }) {
            _ = try place.acquire()
            place.release()
        }
    }

    /// An item for each.
    private static let queue = waiting("queue", "get") { size in
        let queue = Queue<Int>()
        return try woken(size, by: { for number in 0..<size { try queue.put(number) } }) {
            _ = try queue.get()
        }
    }

    /// An item for each, without room between.
    private static let channel = waiting("channel", "get") { size in
        let channel = Channel<Int>()
        return try woken(size, by: { for number in 0..<size { try channel.put(number) } }) {
            _ = try channel.get()
        }
    }

    /// One value for all.
    private static let result = waiting("result", "get") { size in
        let result = AsyncResult<Int>()
        return try woken(size, by: { result.set(1) }) { _ = try result.get() }
    }

    /// The end of one greenlet.
    private static let join = waiting("join", "wake") { size in
        let gate = Event()
        let awaited = spawn { _ = try gate.wait() }
        return try woken(size, by: { gate.set() }) { _ = try awaited.join() }
    }

    /// Waits for either of two objects, all for the same two: they are told of one, and leave the other.
    private static let any = Series(
        name: "any", things: "waiters", decades: 0...5, metrics: ["wake", "leave"]
    ) { size in
        let first = Event()
        let second = Event()
        return try mean(of: size) { size in
            let wake = try woken(size, by: { first.set() }) {
                _ = try wait([first, second], count: 1)
            }
            first.clear()
            return [wake, try left(size) { _ = try wait([first, second], count: 1) }]
        }
    }

    /// One greenlet that waits for the first of so many objects; a step is one of them.
    private static let oneOf = Series(
        name: "one-of", things: "objects", decades: 0...5, metrics: ["wait"]
    ) { size in
        let events = (0..<size).map { _ in Event() }
        return try mean(of: size) { size in
            let waiter = spawn { try wait(events, count: 1).count }
            try sleep(.zero)
            events[size / 2].set()
            let cost = try nanosecondsEach(size) { _ = try waiter.join() }
            events[size / 2].clear()
            return [cost]
        }
    }

    /// What it costs to wake as many as wait, and that they run.
    private static func woken(
        _ size: Int, by wake: () throws -> Void, _ wait: @escaping () throws -> Void
    ) throws -> Double {
        let greenlets = (0..<size).map { _ in spawn(wait) }
        try idle()
        return try nanosecondsEach(size) {
            try wake()
            try joinAll(greenlets)
        }
    }

    /// What it costs that waiters give up, in another order than they came.
    private static func left(_ size: Int, _ wait: @escaping () throws -> Void) throws -> Double {
        let greenlets = (0..<size).map { _ in spawn(wait) }
        try idle()
        let order = Shuffle.order(size).map { greenlets[$0] }
        return try nanosecondsEach(size) { try killAll(order) }
    }
}
