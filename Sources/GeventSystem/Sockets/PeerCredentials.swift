// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// Who is at the other end of a Unix socket, as the kernel noted when it was connected.
public struct PeerCredentials: Hashable, Sendable {
    /// The process; it may have ended since, and its number may be another's.
    public let process: Int32

    /// The user whose rights the process had.
    public let user: UInt32

    /// The group whose rights the process had.
    public let group: UInt32

    /// Asks the kernel.
    ///
    /// - Throws: ``SystemError`` `EBADF`, or `ENOPROTOOPT` for another kind of socket.
    ///
    /// Call: `getsockopt` with `SO_PEERCRED`.
    package init(of fd: Int32) throws(SystemError) {
        var (process, user, group) = (Int32(0), UInt32(0), UInt32(0))
        try Retry.never("getsockopt") {
            // SAFETY: the call writes three numbers to three locals.
            unsafe gv_rights_peer(fd, &process, &user, &group)
        }
        self.process = process
        self.user = user
        self.group = group
    }
}
