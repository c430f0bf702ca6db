// SPDX-License-Identifier: Apache-2.0

/// How long a server rests after a failure to accept, and whether it says so.
///
/// A listener whose connections cannot be accepted, as no descriptor is free, stays ready: without
/// rests the hub would do nothing else. What it says would fill the disk.
struct AcceptPause {
    static let shortest = Duration.milliseconds(10)
    static let longest = Duration.seconds(1)
    private static let nanosecondsBetweenReports: UInt64 = 1_000_000_000

    private var following = shortest
    private var lastReport: UInt64?

    /// The next rest: twice the one before.
    mutating func next() -> Duration {
        defer { following = min(following * 2, Self.longest) }
        return following
    }

    /// Begins with the shortest again, after a success.
    mutating func reset() { following = Self.shortest }

    /// Whether a second has passed since it was last said what is wrong.
    mutating func isReportDue(now: UInt64) -> Bool {
        if let lastReport, now - lastReport < Self.nanosecondsBetweenReports { return false }
        lastReport = now
        return true
    }
}
