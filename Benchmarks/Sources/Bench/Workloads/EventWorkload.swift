// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Gevent

/// A hundred thousand greenlets that wait for one event, from its set until all of them have run:
/// on stacks used for the first time, and on the same again.
///
/// The limit is C contexts left in the middle, that are entered in turn.
enum EventWorkload: Workload {
    static let name = "event"
    static let metrics = [Metric(name: "wake"), Metric(name: "wake-again")]
    private static let count = 100_000

    static func measure() throws -> [Double] { [try wake(), try wake()] }

    static func measureLimit() -> [Double] {
        let cost = limit_parked(count).wake_nanoseconds
        return [cost, cost]
    }

    private static func wake() throws -> Double {
        let event = Event()
        var woken = 0
        let greenlets = (0..<count).map { _ in
            spawn {
                try event.wait()
                woken += 1
            }
        }
        try idle()
        precondition(Hub.current.greenletCount >= count)
        let each = try nanosecondsEach(count) {
            event.set()
            while woken < count { try sleep(.zero) }
        }
        try joinAll(greenlets)
        return each
    }
}
