// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// The silent end of a greenlet.
///
/// It is what ``AnyGreenlet/kill(throwing:block:timeout:)`` throws by default. It is sticky: Swift's
/// `try?` and bare `catch` swallow anything, so each later wait throws it again until the body has
/// returned. A greenlet that it ended counts as successful.
///
/// gevent: `GreenletExit`.
public struct GreenletExit: Error, Sendable, CustomStringConvertible {
    /// Makes one, to be thrown by a body that wants to end without a value.
    public init() {}

    /// Says what happened.
    public var description: String { "the greenlet was killed" }
}

/// An error on its way into a greenlet, thrown where that one waits next.
struct Interrupt {
    enum Kind {
        /// Thrown again by every wait.
        case sticky
        /// A kill with an error of the caller's own; held back by `shielded`.
        case kill
        /// A timeout, or the end of all events; passes through `shielded`.
        case event
    }

    let error: any Error
    let kind: Kind
    /// Who sent it, to be taken back by.
    var source: ObjectIdentifier?
}

extension AnyGreenlet {
    /// Has `interrupt` thrown at the next wait, which is now if the greenlet is parked.
    final func interrupt(_ interrupt: Interrupt) {
        let extras = details
        if interrupt.kind == .sticky, extras.interrupts.contains(where: { $0.kind == .sticky }) { return }
        extras.interrupts.append(interrupt)
        refreshInterrupted()
        guard has(GV_IS_INTERRUPTED), let waiter = unsafe node.pointee.waiter else { return }
        if unsafe gv_claim(waiter, UInt32(GV_INTERRUPTED)) { unsafe gv_wake(node) }
    }

    /// Takes back what `source` sent; false if it was thrown already.
    final func withdrawInterrupt(from source: ObjectIdentifier) -> Bool {
        guard let extras = unsafe extras, let index = extras.interrupts.firstIndex(where: { $0.source == source }) else { return false }
        // Woken for nothing but this: it has to be thrown.
        if let waiter = unsafe node.pointee.waiter, unsafe gv_waiter_state(waiter) == UInt32(GV_INTERRUPTED),
            extras.interrupts.count == 1
        {
            return false
        }
        extras.interrupts.remove(at: index)
        refreshInterrupted()
        return true
    }

    final func refreshInterrupted() {
        guard let extras = unsafe extras else { return }
        let strikes = extras.interrupts.contains { extras.shieldDepth == 0 || $0.kind == .event }
        if strikes { raise(GV_IS_INTERRUPTED) } else { lower(GV_IS_INTERRUPTED) }
    }

    /// The error that is due, taken off the list unless it is sticky.
    final func takeInterrupt() -> (any Error)? {
        guard let extras = unsafe extras else { return nil }
        let index = extras.interrupts.firstIndex { extras.shieldDepth == 0 || $0.kind == .event }
        guard let index else { return nil }
        let interrupt = extras.interrupts[index]
        if interrupt.kind != .sticky { extras.interrupts.remove(at: index) }
        refreshInterrupted()
        return interrupt.error
    }
}

/// Runs `body` so that kills do not strike in it, for clean-up that has to wait.
///
/// A kill that comes meanwhile strikes at the first wait after it. Timeouts do strike, so that
/// clean-up can be given a limit.
///
/// - Throws: What `body` throws.
public func shielded<Value>(_ body: () throws -> Value) rethrows -> Value {
    let greenlet = AnyGreenlet.current
    greenlet.details.shieldDepth += 1
    greenlet.refreshInterrupted()
    defer {
        greenlet.details.shieldDepth -= 1
        greenlet.refreshInterrupted()
    }
    return try body()
}
