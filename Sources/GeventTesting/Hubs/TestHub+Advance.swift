// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

extension TestHub {
    /// Puts the clock of this thread's test forward, as if the caller had worked for so long.
    ///
    /// Nobody runs meanwhile. What is due by then happens when the hub next looks, which it does at
    /// the next switch.
    ///
    /// - Parameter duration: How far; nothing happens for one of zero or less.
    /// - Throws: ``TimeIsReal`` on a hub whose clock is the real one.
    ///
    /// gevent: none; trio's `MockClock.jump`.
    public static func advance(by duration: Duration) throws {
        let scheduler = Scheduler.current
        guard scheduler.virtualTime != nil else { throw TimeIsReal() }
        scheduler.advance(by: duration)
    }
}

/// The clock of a hub cannot be put forward, since it is the real one.
public struct TimeIsReal: Error, Sendable, CustomStringConvertible {
    /// What is wrong, in a sentence.
    public var description: String {
        "time can be put forward on the hub of a TestHub with a virtual clock only"
    }
}
