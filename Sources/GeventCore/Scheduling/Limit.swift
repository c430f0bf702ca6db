// SPDX-License-Identifier: Apache-2.0
internal import GeventLoop

/// A time limit over several waits in a row.
package struct Limit {
    private let deadline: Deadline?

    /// A limit of `timeout` from now; `nil` never ends.
    package init(_ timeout: Duration?) {
        deadline = timeout.map { Deadline.after($0, from: HubClock.now) }
    }

    /// What is left of it, at least zero; `nil` if it never ends.
    package var remaining: Duration? {
        guard let deadline else { return nil }
        let now = HubClock.now
        guard deadline.nanoseconds > now else { return .zero }
        return .nanoseconds(Int64(clamping: deadline.nanoseconds - now))
    }
}
