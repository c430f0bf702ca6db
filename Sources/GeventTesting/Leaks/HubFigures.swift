// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// How much a hub has in use at one moment, for a program that runs long and ought not to grow.
///
/// gevent: none; `gevent.util.print_run_info` lists the greenlets.
public struct HubFigures: Hashable, Sendable {
    /// Greenlets that have started and not ended.
    public let greenlets: Int
    /// Stacks that greenlets live on; idle ones, which wait for the next greenlet, are left out.
    public let stacks: Int
    /// Timers that will fire.
    public let timers: Int

    /// Those of the hub of this thread.
    public init() {
        let hub = Hub.current
        greenlets = hub.greenletCount
        stacks = hub.stacksInUse
        timers = hub.timerCount
    }

    /// The descriptors that the process has open, whoever opened them.
    ///
    /// - Throws: `SystemError` if they cannot be listed.
    ///
    /// gevent: `gevent.testing.openfiles`.
    public static func openDescriptorCount() throws -> Int { try OpenDescriptor.all().count }
}
