// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// The clock that never jumps and stands still while the machine is suspended.
package enum MonotonicClock {
    /// Nanoseconds since a moment that is fixed while the machine runs.
    ///
    /// Costs about 20 ns: read it once a turn of the loop.
    ///
    /// Call: `clock_gettime` with `CLOCK_MONOTONIC`.
    package static var now: UInt64 {
        gv_clock_now()
    }
}
