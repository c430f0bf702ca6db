// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// Groups whose messages a datagram socket receives.
package enum Multicast {
    /// Joins a group.
    ///
    /// - Throws: ``SystemError`` `EINVAL` for an address that is no group, `ENODEV`.
    ///
    /// Call: `setsockopt` with `MCAST_JOIN_GROUP`.
    package static func join(
        _ fd: Int32, group: SocketAddress, interface: UInt32
    ) throws(SystemError) {
        try change(fd, MCAST_JOIN_GROUP, group, interface)
    }

    /// Leaves a group.
    ///
    /// - Throws: ``SystemError`` `EADDRNOTAVAIL` for a group that it is not in.
    ///
    /// Call: `setsockopt` with `MCAST_LEAVE_GROUP`.
    package static func leave(
        _ fd: Int32, group: SocketAddress, interface: UInt32
    ) throws(SystemError) {
        try change(fd, MCAST_LEAVE_GROUP, group, interface)
    }

    private static func change(
        _ fd: Int32, _ name: Int32, _ group: SocketAddress, _ interface: UInt32
    ) throws(SystemError) {
        let raw = RawSocketAddress(group)
        var request = group_req(gr_interface: interface, gr_group: raw.storage)
        let level = group.family == .ipv6 ? Int32(IPPROTO_IPV6) : Int32(IPPROTO_IP)
        try Retry.never("setsockopt") {
            // SAFETY: the kernel reads the length it is given, of a local of that length.
            unsafe gv_socket_set_option(
                fd, level, name, &request, socklen_t(MemoryLayout<group_req>.size))
        }
    }
}
