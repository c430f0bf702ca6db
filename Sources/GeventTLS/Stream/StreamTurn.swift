// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

/// Who reads from a stream, or who writes to it: one greenlet at a time.
struct StreamTurn {
    private let verb: String
    private var holder: AnyGreenlet?

    /// A turn to `verb`, which is "read" or "write".
    init(to verb: String) {
        self.verb = verb
    }

    /// Gives the turn to the running greenlet.
    ///
    /// - Throws: `ConcurrentObjectUseError` if another greenlet has it; `BlockingSwitchOutError` in a
    ///   callback of the hub.
    mutating func take() throws {
        let greenlet = try AnyGreenlet.currentThatMayWait()
        if let holder {
            throw ConcurrentObjectUseError(
                "\(greenlet.name) wants to \(verb) where \(holder.name) is not done yet")
        }
        holder = greenlet
    }

    /// Ends the turn.
    mutating func give() {
        holder = nil
    }
}
