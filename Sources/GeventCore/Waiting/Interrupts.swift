// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// An error on its way into a greenlet, thrown where that one waits next.
struct Interrupt {
    enum Kind {
        /// Thrown again by every wait.
        case sticky
        /// A kill with an error of the caller's own; held back by `shielded`.
        case once
        /// A timeout, or the end of all events; passes through `shielded`.
        case event
    }

    let error: any Error
    let kind: Kind
    /// Who sent it, to be taken back by.
    var source: ObjectIdentifier?
    /// Whether code of another language was struck by it, and Swift not yet.
    var hasStruckElsewhere = false
}

/// Something that has to stop when its greenlet ends.
protocol EndsWithGreenlet: AnyObject {
    /// Stops.
    func abandon()
}

/// What can strike a greenlet: errors that are due, and the timeouts that may become some.
@safe final class Interrupts {
    private let node: Node
    private var pending: [Interrupt] = []
    private var shieldDepth = 0
    private var deafness = 0
    /// Whether what is thrown stays due, as code of another language is what it is thrown at.
    var keepsWhatStruck = false
    private var timeouts: [ObjectIdentifier: any EndsWithGreenlet] = [:]

    private init(node: Node) { unsafe self.node = node }

    /// Those of a greenlet, made when first asked for.
    static func of(_ node: Node) -> Interrupts {
        if let present = unsafe node.pointee.interrupts {
            return unsafe Unmanaged<Interrupts>.fromOpaque(present).takeUnretainedValue()
        }
        let made = unsafe Interrupts(node: node)
        // SAFETY: balanced by `release`, with the greenlet's record.
        unsafe node.pointee.interrupts = Unmanaged.passRetained(made).toOpaque()
        return made
    }

    /// Lets go of those of a greenlet that goes.
    static func release(_ node: Node) {
        guard let present = unsafe node.pointee.interrupts else { return }
        unsafe node.pointee.interrupts = nil
        // SAFETY: balances the retain of `of`.
        unsafe Unmanaged<Interrupts>.fromOpaque(present).release()
    }

    /// Has `interrupt` thrown at the next wait, which is now if the greenlet is parked.
    func send(_ interrupt: Interrupt) {
        if interrupt.kind == .sticky, pending.contains(where: { $0.kind == .sticky }) { return }
        pending.append(interrupt)
        refresh()
        guard unsafe gv_flags(node) & UInt32(GV_IS_INTERRUPTED) != 0,
            let waiter = unsafe node.pointee.waiter
        else { return }
        if unsafe gv_claim(waiter, UInt32(GV_INTERRUPTED)) { unsafe gv_wake(node) }
    }

    /// Takes back what `source` sent; false if it was thrown already, or is about to be.
    func withdraw(from source: ObjectIdentifier) -> Bool {
        guard let index = pending.firstIndex(where: { $0.source == source }) else { return false }
        // Woken for nothing but this: it has to be thrown.
        if strikes(pending[index]), pending.count(where: strikes) == 1,
            let waiter = unsafe node.pointee.waiter,
            unsafe gv_waiter_state(waiter) == UInt32(GV_INTERRUPTED)
        {
            return false
        }
        pending.remove(at: index)
        refresh()
        return true
    }

    /// Whether what `source` sent has struck code of another language, and Swift not yet; it is taken off
    /// the list, to be thrown by the caller.
    func takeWhatStruckElsewhere(from source: ObjectIdentifier) -> Bool {
        guard let index = pending.firstIndex(where: { $0.source == source }),
            pending[index].hasStruckElsewhere
        else { return false }
        pending.remove(at: index)
        refresh()
        return true
    }

    /// The error that is due, taken off the list unless it is sticky.
    func take() -> (any Error)? {
        guard let index = pending.firstIndex(where: strikes) else { return nil }
        let interrupt = pending[index]
        if keepsWhatStruck {
            pending[index].hasStruckElsewhere = true
        } else if interrupt.kind != .sticky {
            pending.remove(at: index)
        }
        refresh()
        return interrupt.error
    }

    /// Holds kills back, once more for each call, until as many `unshield`.
    func shield() {
        shieldDepth += 1
        refresh()
    }

    /// Ends what one `shield` began.
    func unshield() {
        shieldDepth -= 1
        refresh()
    }

    /// Holds everything back, once more for each call, until as many `undeafen`.
    func deafen() {
        deafness += 1
        refresh()
    }

    /// Ends what one `deafen` began.
    func undeafen() {
        deafness -= 1
        refresh()
    }

    /// Notes a timeout that runs for this greenlet.
    func add(_ timeout: any EndsWithGreenlet) { timeouts[ObjectIdentifier(timeout)] = timeout }

    /// Forgets a timeout that has ended.
    func remove(_ timeout: any EndsWithGreenlet) { timeouts[ObjectIdentifier(timeout)] = nil }

    /// The greenlet has ended: nothing strikes it any more.
    func end() {
        for timeout in timeouts.values { timeout.abandon() }
        timeouts = [:]
        pending = []
        refresh()
    }

    private func strikes(_ interrupt: Interrupt) -> Bool {
        deafness == 0 && (shieldDepth == 0 || interrupt.kind == .event)
    }

    private func refresh() {
        if pending.contains(where: strikes) {
            unsafe gv_flags_raise(node, UInt32(GV_IS_INTERRUPTED))
        } else {
            unsafe gv_flags_lower(node, UInt32(GV_IS_INTERRUPTED))
        }
    }
}
