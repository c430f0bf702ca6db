// SPDX-License-Identifier: Apache-2.0
package import CGeventSwitch
internal import GeventSystem

/// The clock by which a hub waits: the monotonic one, or one that a test is in charge of.
package enum HubClock {
    /// Nanoseconds on the clock of a hub.
    @inline(__always)
    package static func now(of hub: UnsafeMutablePointer<gv_hub>) -> UInt64 {
        let virtual = unsafe hub.pointee.virtual_now
        return virtual == 0 ? MonotonicClock.now : virtual
    }

    /// Nanoseconds on the clock of this thread's hub; on the monotonic one where there is no hub.
    package static var now: UInt64 {
        guard let hub = unsafe gv_hub_here() else { return MonotonicClock.now }
        return unsafe now(of: hub)
    }
}

extension Hub {
    /// How long the hub's clock has run, since a moment that never changes.
    ///
    /// The clock is monotonic: differences between two answers are what counts. On a test's hub it
    /// is that of the test.
    ///
    /// gevent: `loop.now`.
    public var now: Duration { .nanoseconds(unsafe Int64(clamping: HubClock.now(of: pointer))) }
}
