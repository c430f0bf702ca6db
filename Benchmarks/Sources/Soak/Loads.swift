// SPDX-License-Identifier: Apache-2.0
internal import Gevent

/// What a hub does by itself, each piece an operation that ends soon.
enum Loads {
    /// Greenlets that are killed before they run, killed while they wait, woken, and never started.
    static func greenlets() throws {
        let gate = Event()
        let waiting = (0..<8).map { _ in spawn { _ = try gate.wait() } }
        let unborn = (0..<4).map { _ in spawn(after: .seconds(600)) {} }
        try waiting[0].kill()
        try sleep(.milliseconds(1))
        for greenlet in waiting[1..<4] { try greenlet.kill() }
        gate.set()
        try joinAll(waiting)
        try killAll(unborn)
        let isRight = waiting.prefix(4).allSatisfy(\.isKilled) && unborn.allSatisfy(\.isReady)
        try Wrong.unless(isRight, "a greenlet was not killed")
    }

    /// Time limits that are reached, nested, and not reached.
    static func timeouts() throws {
        let never = Event()
        let isOver = try withTimeout(.milliseconds(2), default: true) {
            try withTimeout(.seconds(600)) { try !never.wait() }
        }
        try Wrong.unless(isOver, "a time limit was passed over")
        try withTimeout(.seconds(600)) { try sleep(.milliseconds(1)) }
        let isSet = try never.wait(timeout: .milliseconds(1))
        try Wrong.unless(!isSet, "an event was set by nobody")
    }

    /// A short queue, with a getter that is killed and gives back what it had.
    static func queue() throws {
        let queue = Queue<Int>(maxSize: 4)
        let putters = (0..<2).map { _ in spawn { for number in 0..<25 { try queue.put(number) } } }
        let thief = spawn {
            while true {
                let number = try queue.get()
                try shielded {
                    try sleep(.zero)
                    try queue.put(number)
                }
            }
        }
        let getters = (0..<2).map { _ in
            spawn { try (0..<25).reduce(0) { sum, _ in try sum + queue.get() } }
        }
        for _ in 0..<Int.random(in: 0..<10) { try sleep(.zero) }
        try thief.kill()
        try joinAll(putters, raiseError: true)
        let sum = try getters.reduce(0) { try $0 + $1.get() }
        try Wrong.unless(sum == 600 && queue.isEmpty, "a queue has lost an item")
    }

    /// Places that are waited for with little patience, and given back by those who are killed.
    static func semaphore() throws {
        let places = Semaphore(2)
        var inside = 0
        let guests = (0..<6).map { _ in
            spawn {
                guard try places.acquire(timeout: .milliseconds(Int.random(in: 1...3))) else {
                    return
                }
                inside += 1
                defer {
                    inside -= 1
                    places.release()
                }
                try Wrong.unless(inside <= 2, "a semaphore has let too many in")
                try sleep(.milliseconds(Int.random(in: 0...2)))
            }
        }
        try sleep(.zero)
        for guest in guests.shuffled().prefix(2) { try guest.kill() }
        try joinAll(guests, raiseError: true)
        try Wrong.unless(places.counter == 2, "a place has got lost")
    }

    /// More work than a pool has room for.
    static func pool() throws {
        let pool = Pool(4)
        let doubled = try pool.map(Array(0..<20)) { number in
            try sleep(.milliseconds(Int.random(in: 0...1)))
            return number * 2
        }
        try Wrong.unless(doubled == (0..<20).map { $0 * 2 }, "a pool has mixed its results up")
    }

    /// A name that needs no server, by a thread that may block.
    static func lookUp() throws {
        let found = try lookup("localhost")
        try Wrong.unless(!found.isEmpty, "localhost has no address")
    }
}
