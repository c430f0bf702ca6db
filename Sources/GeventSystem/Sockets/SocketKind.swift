// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// How a socket carries bytes.
///
/// Call: `SOCK_STREAM`, `SOCK_DGRAM`.
package enum SocketKind: Hashable, Sendable {
    /// In order and complete, without borders: TCP, Unix streams.
    case stream

    /// In messages that may get lost: UDP, Unix datagrams.
    case datagram

    var number: Int32 {
        switch self {
        case .stream: Int32(SOCK_STREAM.rawValue)
        case .datagram: Int32(SOCK_DGRAM.rawValue)
        }
    }
}

/// Which direction of a connection ends.
///
/// Call: `shutdown`.
package enum SocketDirection: Hashable, Sendable {
    /// Nothing more is read here.
    case reading

    /// Nothing more is written here; the peer reads the end of the stream.
    case writing

    /// Neither.
    case both

    var number: Int32 {
        switch self {
        case .reading: Int32(SHUT_RD)
        case .writing: Int32(SHUT_WR)
        case .both: Int32(SHUT_RDWR)
        }
    }
}

extension SocketAddress.Family {
    /// Call: `AF_INET`, `AF_INET6`, `AF_UNIX`.
    package var number: Int32 {
        switch self {
        case .ipv4: AF_INET
        case .ipv6: AF_INET6
        case .unix: AF_UNIX
        }
    }
}
