// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// A setting of a socket that is one number, by its level and name.
///
/// Call: `getsockopt`, `setsockopt`.
package struct SocketOption: Hashable, Sendable {
    /// The layer that has the setting, such as `SOL_SOCKET`.
    package let level: Int32

    /// The setting, such as `SO_REUSEADDR`.
    package let name: Int32

    /// A setting that has no name here.
    package init(level: Int32, name: Int32) {
        self.level = level
        self.name = name
    }

    /// What the setting is at.
    ///
    /// Call: `getsockopt`.
    package func value(of fd: Int32) throws(SystemError) -> Int32 {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        // SAFETY: the kernel writes at most the length it is given, to a local of that length.
        try Retry.never("getsockopt") {
            unsafe gv_socket_get_option(fd, level, name, &value, &length)
        }
        return value
    }

    /// Changes the setting; 1 and 0 switch on and off.
    ///
    /// Call: `setsockopt`.
    package func set(_ value: Int32, on fd: Int32) throws(SystemError) {
        var value = value
        // SAFETY: the kernel reads the length it is given, of a local of that length.
        try Retry.never("setsockopt") {
            unsafe gv_socket_set_option(
                fd, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    /// Makes `close` drop what is not delivered yet, and reset the connection.
    ///
    /// Call: `setsockopt` with `SO_LINGER`.
    package static func resetOnClose(_ fd: Int32) throws(SystemError) {
        var setting = linger(l_onoff: 1, l_linger: 0)
        // SAFETY: the kernel reads the length it is given, of a local of that length.
        try Retry.never("setsockopt") {
            unsafe gv_socket_set_option(
                fd, SOL_SOCKET, SO_LINGER, &setting, socklen_t(MemoryLayout<linger>.size))
        }
    }

    /// Fetches the error that waits on a socket, and thereby clears it.
    ///
    /// - Returns: 0 when there is none: a connection in progress has been made.
    ///
    /// Call: `getsockopt` with `SO_ERROR`.
    package static func takeError(_ fd: Int32) throws(SystemError) -> Int32 {
        try SocketOption(level: SOL_SOCKET, name: SO_ERROR).value(of: fd)
    }
}

extension SocketOption {
    /// Bind though old connections of the address linger (`SO_REUSEADDR`).
    package static let reuseAddress = SocketOption(level: SOL_SOCKET, name: SO_REUSEADDR)

    /// Share a port among listeners, connections spread over them (`SO_REUSEPORT`).
    package static let reusePort = SocketOption(level: SOL_SOCKET, name: SO_REUSEPORT)

    /// Ask silent peers whether they live (`SO_KEEPALIVE`).
    package static let keepAlive = SocketOption(level: SOL_SOCKET, name: SO_KEEPALIVE)

    /// Allow datagrams to everybody (`SO_BROADCAST`).
    package static let broadcast = SocketOption(level: SOL_SOCKET, name: SO_BROADCAST)

    /// Room for received bytes; reads as twice what was set (`SO_RCVBUF`).
    package static let receiveBuffer = SocketOption(level: SOL_SOCKET, name: SO_RCVBUF)

    /// Room for bytes to send; reads as twice what was set (`SO_SNDBUF`).
    package static let sendBuffer = SocketOption(level: SOL_SOCKET, name: SO_SNDBUF)

    /// Which ``SocketKind`` a foreign socket is, as a number; only read (`SO_TYPE`).
    package static let kind = SocketOption(level: SOL_SOCKET, name: SO_TYPE)

    /// Which family a foreign socket has, as a number; only read (`SO_DOMAIN`).
    package static let family = SocketOption(level: SOL_SOCKET, name: SO_DOMAIN)

    /// Whether a foreign socket listens; only read (`SO_ACCEPTCONN`).
    package static let isListening = SocketOption(level: SOL_SOCKET, name: SO_ACCEPTCONN)

    /// Send small pieces at once (`TCP_NODELAY`).
    package static let noDelay = SocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY)

    /// Seconds of silence before the first question (`TCP_KEEPIDLE`).
    package static let keepIdleSeconds = SocketOption(
        level: Int32(IPPROTO_TCP), name: TCP_KEEPIDLE)

    /// Seconds between questions (`TCP_KEEPINTVL`).
    package static let keepIntervalSeconds = SocketOption(
        level: Int32(IPPROTO_TCP), name: TCP_KEEPINTVL)

    /// How many questions may stay unanswered (`TCP_KEEPCNT`).
    package static let keepCount = SocketOption(level: Int32(IPPROTO_TCP), name: TCP_KEEPCNT)

    /// Milliseconds that sent bytes may stay unacknowledged (`TCP_USER_TIMEOUT`).
    package static let userTimeoutMilliseconds = SocketOption(
        level: Int32(IPPROTO_TCP), name: TCP_USER_TIMEOUT)

    /// Keep IPv4 peers out of an IPv6 socket (`IPV6_V6ONLY`).
    package static let onlyIPv6 = SocketOption(level: Int32(IPPROTO_IPV6), name: IPV6_V6ONLY)
}
