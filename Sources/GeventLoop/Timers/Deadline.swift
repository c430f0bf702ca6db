// SPDX-License-Identifier: Apache-2.0

/// A moment on the hub's clock: the monotonic one, or a test's own.
///
/// A deadline is a plain number of nanoseconds, so that comparing two costs nothing; a `Duration`
/// becomes one where a wait begins, once.
package struct Deadline: Hashable, Sendable {
    /// Nanoseconds on the clock.
    package let nanoseconds: UInt64

    /// The moment at a number of nanoseconds on the clock.
    @inlinable
    package init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    /// The moment that never comes.
    package static let distantFuture = Deadline(nanoseconds: .max)

    /// The moment that is a duration after `now`.
    ///
    /// Nothing overflows: a duration of zero or less is now, one beyond the clock's 584 years is
    /// ``distantFuture``, and a part of a nanosecond counts as a whole one, so that a wait never
    /// ends too early.
    ///
    /// - Parameters:
    ///   - duration: How far off the moment is.
    ///   - now: Nanoseconds on the clock.
    /// - Returns: `now` or later.
    package static func after(_ duration: Duration, from now: UInt64) -> Deadline {
        let attoseconds = duration.attoseconds
        if attoseconds <= 0 { return Deadline(nanoseconds: now) }
        let perNanosecond: UInt64 = 1_000_000_000
        let high = UInt64(truncatingIfNeeded: attoseconds >> 64)
        let low = UInt64(truncatingIfNeeded: attoseconds)
        // One machine division: the quotient fits into 64 bits exactly if `high` is below the
        // divisor. Dividing the 128 bits in Swift costs three times as much.
        if high >= perNanosecond { return distantFuture }
        let (whole, rest) = perNanosecond.dividingFullWidth((high, low))
        let (interval, isTooLong) = whole.addingReportingOverflow(rest > 0 ? 1 : 0)
        let (sum, isTooLate) = now.addingReportingOverflow(interval)
        return isTooLong || isTooLate ? distantFuture : Deadline(nanoseconds: sum)
    }

    /// How many nanoseconds are left; 0 when the moment has passed, `nil` when it never comes.
    package func nanosecondsLeft(at now: UInt64) -> UInt64? {
        if self == .distantFuture { return nil }
        return nanoseconds > now ? nanoseconds - now : 0
    }
}

extension Deadline: Comparable {
    /// Whether one moment comes before the other.
    @inlinable
    package static func < (left: Deadline, right: Deadline) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}
