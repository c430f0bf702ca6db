// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// What a foreign socket is.
package struct SocketFacts: Equatable, Sendable {
    /// How it carries bytes; `nil` for a way that is not one of ours.
    package let kind: SocketKind?

    /// Its kind of network; `nil` for one that is not one of ours.
    package let family: SocketAddress.Family?

    /// Whether it listens for connections.
    package let isListening: Bool

    /// Asks the kernel.
    ///
    /// - Throws: ``SystemError`` `ENOTSOCK` for another descriptor, `EBADF` for none.
    ///
    /// Call: `getsockopt` with `SO_TYPE`, `SO_DOMAIN`, `SO_ACCEPTCONN`.
    package init(of fd: Int32) throws(SystemError) {
        let (type, domain) = (
            try SocketOption.kind.value(of: fd), try SocketOption.family.value(of: fd)
        )
        kind = [SocketKind.stream, .datagram].first { $0.number == type }
        family = [SocketAddress.Family.ipv4, .ipv6, .unix].first { $0.number == domain }
        isListening = try SocketOption.isListening.value(of: fd) != 0
    }

    /// The error for a socket that is not what somebody wants: `EPROTOTYPE`, with a note of what it
    /// is.
    package var mismatch: SystemError {
        let name =
            "\(family.map { "\($0)" } ?? "foreign") \(kind.map { "\($0)" } ?? "foreign") socket"
        return SystemError(
            call: "getsockopt", code: EPROTOTYPE,
            note: "it is a \(name)\(isListening ? " that listens" : "")")
    }
}
