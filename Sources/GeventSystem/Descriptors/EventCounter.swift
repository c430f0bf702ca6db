// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// A counter in the kernel that is readable while it is not zero.
///
/// ``add(_:)`` may be called from any thread and from a signal handler.
///
/// Call: `eventfd`.
package struct EventCounter: ~Copyable, Sendable {
    private let descriptor: Descriptor

    /// Opens a counter that stands at zero.
    ///
    /// - Throws: ``SystemError`` `EMFILE` or `ENFILE` when there is no number left.
    ///
    /// Call: `eventfd`.
    package init() throws(SystemError) {
        let number = try Retry.never("eventfd") { gv_event_counter_open() }
        descriptor = Descriptor(owning: Int32(number))
    }

    /// The number to wait for readiness on.
    package var number: Int32 {
        descriptor.number
    }

    /// Adds to the counter and thereby wakes whoever waits for it.
    ///
    /// - Returns: False when the counter is full (2⁶⁴ − 2): nothing was added and nobody is woken by
    ///   this call, so the caller drains and adds again.
    ///
    /// Call: `write`.
    @discardableResult
    package func add(_ amount: UInt64 = 1) -> Bool {
        var amount = amount
        while true {
            // SAFETY: the eight bytes lent are those of a local and the call keeps no pointer.
            let answer = unsafe gv_descriptor_write(number, &amount, MemoryLayout<UInt64>.size)
            if answer >= 0 { return true }
            if answer != -Int(EINTR) { return false }
        }
    }

    /// Sets the counter back to zero.
    ///
    /// - Returns: What it stood at.
    ///
    /// Call: `read`.
    @discardableResult
    package func drain() -> UInt64 {
        var amount: UInt64 = 0
        while true {
            // SAFETY: the eight bytes lent are those of a local and the call keeps no pointer.
            let answer = unsafe gv_descriptor_read(number, &amount, MemoryLayout<UInt64>.size)
            if answer >= 0 { return amount }
            if answer != -Int(EINTR) { return 0 }
        }
    }
}
