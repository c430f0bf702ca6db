// SPDX-License-Identifier: Apache-2.0

internal import GeventSystem
internal import Synchronization

/// Ends the sleep of a ``Poller`` from another thread.
///
/// Leave the message where the poller's thread will look, then ``wake()``. A poller that is not
/// asleep costs no system call, and one that is costs one, however many wake it.
package final class Waker: Sendable {
    private enum State: UInt8, AtomicRepresentable {
        /// The poller's thread runs, and nobody has woken it since it last looked.
        case awake

        /// The poller's thread is in the kernel, or about to be.
        case asleep

        /// Somebody has woken the poller since it last looked.
        case woken
    }

    private let state = Atomic(State.awake)
    private let counter: EventCounter

    init() throws(SystemError) {
        counter = try EventCounter()
    }

    /// The number to wait on.
    var number: Int32 {
        counter.number
    }

    /// Makes the poller return from its wait, or not begin the next one.
    ///
    /// May be called from any thread and from a signal handler. All that the caller wrote before is
    /// seen by the poller's thread when ``Poller/poll(timeoutNanoseconds:_:)`` has returned.
    ///
    /// Call: `write` on an `eventfd`.
    package func wake() {
        // An exchange, not a look before: a caller that finds `woken` must still hand over what it
        // wrote to the exchange with which the poller's thread takes the state back.
        if state.exchange(.woken, ordering: .acquiringAndReleasing) == .asleep { counter.add() }
    }

    /// Whether somebody has called ``wake()`` since the last poll.
    package var isPending: Bool {
        state.load(ordering: .relaxed) == .woken
    }

    /// Announces that the poller's thread goes to sleep; false when it must not.
    func beginSleep() -> Bool {
        state.compareExchange(
            expected: .awake, desired: .asleep, ordering: .acquiringAndReleasing
        ).exchanged
    }

    /// Takes the state back and with it what those who woke the poller wrote before.
    ///
    /// The counter is not read: on an edge-triggered list each write to it is an event, whatever it
    /// stands at (epoll(7)), and it cannot fill up in the life of a machine.
    func endSleep() {
        _ = state.exchange(.awake, ordering: .acquiringAndReleasing)
    }
}
