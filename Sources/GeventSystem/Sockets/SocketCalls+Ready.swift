// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

extension SocketCalls {
    /// Whether a call in this direction would not block now, be it that it fails.
    ///
    /// - Parameters:
    ///   - fd: A lent number.
    ///   - direction: ``SocketDirection/both`` asks for either of them.
    /// - Returns: Whether it would not block.
    ///
    /// Call: `poll` with no time.
    package static func isReady(_ fd: Int32, _ direction: SocketDirection) -> Bool {
        let events: Int32 =
            switch direction {
            case .reading: POLLIN
            case .writing: POLLOUT
            case .both: POLLIN | POLLOUT
            }
        var record = pollfd(fd: fd, events: Int16(events), revents: 0)
        // SAFETY: the record is a local, lent for the call. With no time it is not interrupted.
        return unsafe gv_poll_look(&record, 1) > 0
    }
}
