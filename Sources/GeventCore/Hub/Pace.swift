// SPDX-License-Identifier: Apache-2.0

/// How many switches greenlets may make among themselves until the hub looks at timers and I/O.
///
/// Adapts so that a look comes about every half a millisecond: often enough that nothing starves
/// beside greenlets that yield in a circle, seldom enough to cost them nothing.
final class Pace {
    static let first: Int32 = 64
    private static let least: Int32 = 8
    private static let most: Int32 = 4096

    private(set) var budget = Pace.first
    private var lastLook: UInt64 = 0
    /// When the hub last woke for nothing but a timer, and how often it may still do so exactly.
    private var exactWakes = 64
    private var lastTick: UInt64 = 0

    func adapt(now: UInt64, usedUp: Bool) {
        if usedUp {
            let elapsed = now &- lastLook
            if elapsed < 250_000 {
                budget = min(budget * 2, Self.most)
            } else if elapsed > 1_000_000 {
                budget = max(budget / 2, Self.least)
            }
        }
        lastLook = now
    }

    /// How long to sleep for a timer that is due after `wait`.
    ///
    /// A hub with few timers wakes exactly. One that would wake for thousands a second lets them
    /// gather for up to a millisecond, which saves most of the wake-ups.
    func timerWait(_ wait: UInt64, now: UInt64) -> UInt64 {
        let ticks = (now &- lastTick) / 1_000_000
        if ticks > 0 {
            exactWakes = min(64, exactWakes + Int(min(ticks, 64)))
            lastTick = now
        }
        if exactWakes > 0 {
            exactWakes -= 1
            return wait
        }
        return max(wait, 1_000_000)
    }
}
