// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

/// Waits between frames of another language, which no error may pass through.
package enum ForeignCode {
    /// Runs `wait`; what strikes the greenlet in it is due again at its next wait.
    ///
    /// - Returns: What `wait` returns; `-ECANCELED` if it was struck; the negative number of a
    ///   `SystemError`.
    /// - Precondition: Called in a greenlet.
    package static func run(_ wait: () throws -> Int) -> Int {
        let interrupts = unsafe Interrupts.of(currentHubPointer().pointee.current)
        let before = interrupts.keepsWhatStruck
        interrupts.keepsWhatStruck = true
        defer { interrupts.keepsWhatStruck = before }
        do { return try wait() } catch let error as SystemError {
            return -Int(error.code)
        } catch {
            return -Int(SystemError.cancelled)
        }
    }

    /// Runs `wait` so that nothing strikes the greenlet in it; what comes strikes at its next wait.
    ///
    /// For a wait that must come to its end, since what it waits for uses the memory of the caller.
    ///
    /// - Precondition: Called in a greenlet.
    package static func runDeaf(_ wait: () throws -> Void) {
        let interrupts = unsafe Interrupts.of(currentHubPointer().pointee.current)
        interrupts.deafen()
        defer { interrupts.undeafen() }
        do { try wait() } catch { trap("nothing can strike a deaf greenlet: \(error)") }
    }
}
