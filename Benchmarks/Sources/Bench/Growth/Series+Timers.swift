// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Gevent

extension Series {
    /// Timers that are pending at the same time.
    static let timers = [limits, delays, sleeps]

    /// Time limits that are not reached: started, and cancelled in another order.
    private static let limits = Series(
        name: "timeout", things: "timers", decades: 1...6, metrics: ["start", "cancel"]
    ) { size in
        let waits = Shuffle.durations(size, from: .seconds(600), within: .seconds(600))
        let order = Shuffle.order(size)
        return try mean(of: size) { size in
            let limits = waits.map { Timeout($0) }
            let start = nanosecondsEach(size) { for limit in limits { _ = limit.start() } }
            let cancel = nanosecondsEach(size) { for index in order { limits[index].cancel() } }
            return [start, cancel]
        }
    }

    /// Greenlets that start after a while: all are pending before the first of them does.
    ///
    /// Processor time, since a hub with few timers waits for each of them.
    private static let delays = Series(
        name: "delay", things: "timers", decades: 1...6, metrics: ["start", "fire"]
    ) { size in
        let waits = Shuffle.durations(size, from: lead(size), within: width(size))
        return try mean(of: size, total: 100_000, most: 100) { size in
            var greenlets: [Greenlet<Void>] = []
            greenlets.reserveCapacity(size)
            let start = processorTimeEach(size) {
                for wait in waits { greenlets.append(spawn(after: wait) {}) }
            }
            return [start, try processorTimeEach(size) { try joinAll(greenlets) }]
        }
    }

    /// Greenlets that sleep: parked by a timer, and woken by it.
    private static let sleeps = Series(
        name: "sleep", things: "timers", decades: 1...6, metrics: ["park", "wake-and-end"]
    ) { size in
        let waits = Shuffle.durations(size, from: lead(size), within: width(size))
        return try mean(of: size, total: 100_000, most: 100) { size in
            var greenlets: [Greenlet<Void>] = []
            greenlets.reserveCapacity(size)
            let park = try processorTimeEach(size) {
                for wait in waits { greenlets.append(spawn { try sleep(wait) }) }
                try sleep(.zero)
            }
            return [park, try processorTimeEach(size) { try joinAll(greenlets) }]
        }
    }

    /// How long it takes at most to have so many pending.
    private static func lead(_ size: Int) -> Duration { .microseconds(2000 + 4 * size) }

    private static func width(_ size: Int) -> Duration { .microseconds(1000 + size) }

    private static func processorTimeEach(_ count: Int, _ body: () throws -> Void) rethrows
        -> Double
    {
        let start = limit_cpu_time()
        try body()
        return Double(limit_cpu_time() - start) / Double(count)
    }
}
