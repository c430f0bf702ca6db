// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

/// Who reads from a socket, or who writes to it: one greenlet at a time.
///
/// Two that took turns within a line or a block of bytes would tear it apart, so the second one gets
/// an error at once.
package struct SocketTurn {
    private let verb: StaticString
    // SAFETY: of its record only, and it cannot end before it has given the turn back.
    private var holder: RunningGreenlet?

    /// A turn to `verb`, which is "read", "write" or "accept".
    package init(to verb: StaticString) {
        self.verb = verb
    }

    /// Gives the turn to the running greenlet.
    ///
    /// - Throws: `ConcurrentObjectUseError` if another greenlet has it; `BlockingSwitchOutError` in a
    ///   callback of the hub.
    package mutating func take() throws {
        let greenlet = try RunningGreenlet.thatMayWait()
        guard begin(greenlet) else { throw refusal(of: greenlet) }
    }

    /// Gives the turn to a greenlet; false if another has it.
    @inline(__always)
    mutating func begin(_ greenlet: RunningGreenlet) -> Bool {
        if holder != nil { return false }
        holder = greenlet
        return true
    }

    /// Why a greenlet does not get the turn.
    @inline(never)
    func refusal(of greenlet: RunningGreenlet) -> ConcurrentObjectUseError {
        ConcurrentObjectUseError(
            "\(greenlet.name) wants to \(verb) where \(holder?.name ?? "nobody") is not done yet")
    }

    /// Ends the turn.
    @inline(__always)
    package mutating func give() {
        holder = nil
    }
}
