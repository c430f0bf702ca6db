// SPDX-License-Identifier: Apache-2.0

/// Something measured twice: as done by the library, and by its bare limit.
protocol Workload: SendableMetatype {
    /// What it is called on the command line.
    static var name: String { get }

    /// What is measured of it, in the order of the values below.
    static var metrics: [Metric] { get }

    /// Measures the library; called once in a process.
    static func measure() throws -> [Double]

    /// Measures what the machine can do at best; called once in a process.
    static func measureLimit() -> [Double]
}

/// Who is measured.
enum Who: String, CaseIterable {
    case gevent = "swift-gevent"
    case limit
}

/// One of a workload's measurements.
struct Metric {
    let name: String
    var unit = Unit.nanoseconds
    /// The most that it should be, or the least where more is better; `nil` if no aim was set.
    var aim: Double?

    enum Unit: String {
        case nanoseconds = "ns"
        case bytes
        case seconds = "s"
        case milliseconds = "ms"
        case microseconds = "us"
        case nanosecondsPerKilobyte = "ns/KiB"
        case gigabytesPerSecond = "GB/s"
        case perSecond = "/s"

        /// Whether it is a rate, and not a cost.
        var moreIsBetter: Bool { self == .gigabytesPerSecond || self == .perSecond }

        func isWorse(_ value: Double, than other: Double) -> Bool {
            moreIsBetter ? value < other : value > other
        }
    }
}
