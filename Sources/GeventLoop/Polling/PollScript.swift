// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// Answers a ``Poller`` in place of the kernel, for tests.
///
/// The poller asks it once for each wait, so that one without a script pays for a look at a `nil`
/// beside a system call, and no event is dispatched any differently.
package final class PollScript {
    /// What a wait ends with.
    package enum Answer {
        /// These events; none for a wait that ended without a reason.
        case events([Event])
        /// A failure of the system call; `EINTR` ends the wait as it does for the kernel.
        case failure(Int32)
        /// Whatever the kernel says.
        case kernel
    }

    /// One event.
    package struct Event {
        let token: PollToken
        let readiness: Readiness

        /// An event of a registration.
        package init(_ token: PollToken, _ readiness: Readiness) {
            self.token = token
            self.readiness = readiness
        }
    }

    let answer: (UInt64?) -> Answer
    /// Whether descriptors are not shown to the kernel, so that any number serves as one.
    let replacesKernel: Bool

    /// A script.
    ///
    /// - Parameters:
    ///   - replacesKernel: Whether descriptors are not shown to the kernel at all. What is registered
    ///     under such a script has to end under it.
    ///   - answer: Answers a wait of so many nanoseconds, `nil` for ever.
    package init(replacesKernel: Bool, answer: @escaping (UInt64?) -> Answer) {
        self.replacesKernel = replacesKernel
        self.answer = answer
    }
}

extension PollToken {
    /// One that no live registration of the number has, as if an earlier one had left it.
    package static func stale(_ number: Int32) -> PollToken {
        PollToken(number: number, generation: 0)
    }
}
