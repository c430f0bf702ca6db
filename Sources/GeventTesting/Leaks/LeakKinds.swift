// SPDX-License-Identifier: Apache-2.0

/// Kinds of things that a test can leave behind.
///
/// gevent: `gevent.testing.leakcheck` and `openfiles`, which look at objects and descriptors.
public struct LeakKinds: OptionSet, Hashable, Sendable {
    /// The kinds as bits.
    public let rawValue: Int

    /// The kinds of so many bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Greenlets of the hub that were started and have not ended.
    public static let greenlets = LeakKinds(rawValue: 1)
    /// Stacks of the hub that are in use; those of leaked greenlets are told with these.
    public static let stacks = LeakKinds(rawValue: 2)
    /// Timers of the hub that will fire: `Timeout`, `spawn(after:)`, time limits of waits.
    public static let timers = LeakKinds(rawValue: 4)
    /// Greenlets that were there before, and now wait for something else than then.
    public static let waiters = LeakKinds(rawValue: 8)
    /// Descriptors of the process, whoever has opened them.
    public static let descriptors = LeakKinds(rawValue: 16)

    /// What belongs to the hub: all but descriptors, for tests beside which others run.
    public static let hub: LeakKinds = [.greenlets, .stacks, .timers, .waiters]
    /// All of them.
    public static let all: LeakKinds = [.hub, .descriptors]
}
