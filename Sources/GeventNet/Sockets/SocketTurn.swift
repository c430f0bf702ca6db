// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

/// Who reads from a socket, or who writes to it: one greenlet at a time.
///
/// Two that took turns within a line or a block of bytes would tear it apart, so the second one gets
/// an error at once.
package struct SocketTurn {
    private let verb: String
    private var holder: AnyGreenlet?

    /// A turn to `verb`, which is "read", "write" or "accept".
    package init(to verb: String) {
        self.verb = verb
    }

    /// Gives the turn to the running greenlet.
    ///
    /// - Throws: `ConcurrentObjectUseError` if another greenlet has it; `BlockingSwitchOutError` in a
    ///   callback of the hub.
    package mutating func take() throws {
        let greenlet = try AnyGreenlet.currentThatMayWait()
        if let holder {
            throw ConcurrentObjectUseError(
                "\(greenlet.name) wants to \(verb) where \(holder.name) is not done yet")
        }
        holder = greenlet
    }

    /// Ends the turn.
    package mutating func give() {
        holder = nil
    }
}
