// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Gevent

/// Two greenlets that let each other run; the limit is the assembly switch in a C loop.
enum SwitchWorkload: Workload {
    static let name = "switch"
    static let metrics = [Metric(name: "sleep-zero", aim: 15)]
    private static let count = 6_000_000

    static func measure() throws -> [Double] {
        try yield(count / 10)
        return [try nanosecondsEach(count) { try yield(count) }]
    }

    static func measureLimit() -> [Double] {
        _ = limit_switch(count / 10)
        return [limit_switch(count)]
    }

    private static func yield(_ count: Int) throws {
        let greenlets = (0..<2).map { _ in
            spawn { for _ in 0..<count / 2 { try sleep(.zero) } }
        }
        try joinAll(greenlets)
    }
}
