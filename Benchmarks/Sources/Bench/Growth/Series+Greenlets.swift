// SPDX-License-Identifier: Apache-2.0
internal import Gevent

extension Series {
    /// Greenlets that live at the same time.
    static let greenlets = [spawning, sleeping, switching, killing, grouping]

    /// All spawned before the first runs, and joined.
    private static let spawning = Series(
        name: "spawn", things: "greenlets", decades: 1...6, metrics: ["spawn", "run-and-join"]
    ) { size in
        try mean(of: size) { size in
            var greenlets: [Greenlet<Int>] = []
            greenlets.reserveCapacity(size)
            let spawn = nanosecondsEach(size) {
                for number in 0..<size { greenlets.append(Gevent.spawn { number }) }
            }
            return [spawn, try nanosecondsEach(size) { try joinAll(greenlets) }]
        }
    }

    /// Each parks, is woken once, and ends.
    private static let sleeping = Series(
        name: "park", things: "greenlets", decades: 1...6,
        metrics: ["spawn-and-park", "wake-and-end"]
    ) { size in
        try mean(of: size) { size in
            let gate = Event()
            var greenlets: [Greenlet<Void>] = []
            greenlets.reserveCapacity(size)
            let park = try nanosecondsEach(size) {
                for _ in 0..<size { greenlets.append(Gevent.spawn { try gate.wait() }) }
                try idle()
            }
            gate.set()
            return [park, try nanosecondsEach(size) { try joinAll(greenlets) }]
        }
    }

    /// All let each other run, in turn.
    private static let switching = Series(
        name: "switch", things: "greenlets", decades: 1...6, metrics: ["sleep-zero"]
    ) { size in
        let turns = max(4, 1_000_000 / size)
        var isWarm = 0
        let greenlets = (0..<size).map { _ in
            Gevent.spawn {
                try sleep(.zero)
                isWarm += 1
                for _ in 0..<turns { try sleep(.zero) }
            }
        }
        while isWarm < size { try sleep(.zero) }
        return [try nanosecondsEach(size * turns) { try joinAll(greenlets) }]
    }

    /// Parked ones, killed in another order than they were spawned.
    private static let killing = Series(
        name: "kill", things: "greenlets", decades: 1...6, metrics: ["kill-and-join"]
    ) { size in
        try mean(of: size) { size in
            let gate = Event()
            let greenlets = (0..<size).map { _ in Gevent.spawn { _ = try gate.wait() } }
            try idle()
            let order = Shuffle.order(size).map { greenlets[$0] }
            return [try nanosecondsEach(size) { try killAll(order) }]
        }
    }

    /// Members of one group that wait once.
    private static let grouping = Series(
        name: "group", things: "greenlets", decades: 1...6, metrics: ["spawn", "run-and-join"]
    ) { size in
        try mean(of: size) { size in
            let group = Group()
            let spawn = try nanosecondsEach(size) {
                for _ in 0..<size { _ = try group.spawn { try sleep(.zero) } }
            }
            return [spawn, try nanosecondsEach(size) { _ = try group.join() }]
        }
    }
}
