// SPDX-License-Identifier: Apache-2.0

/// Something that a hub does, whose cost is no matter of luck: one thread, and no time that passes.
struct Operation: Sendable {
    let name: String
    /// Does it so many times.
    let run: @Sendable (Int) throws -> Void

    /// All that have a threshold, in the order of the table.
    static let all = [
        spawn, switching, event, channel, timeout, timer, withTimeout, queue, semaphore, echo,
    ]
}
