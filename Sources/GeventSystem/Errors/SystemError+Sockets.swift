// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

extension SystemError {
    /// The failure of a call on a descriptor that its owner has closed: `EBADF`.
    package static func closed(_ call: String) -> SystemError {
        SystemError(call: call, code: EBADF)
    }

    /// The failure to reach a host from an address of a family that the host has no address of.
    package static func noAddress(like source: SocketAddress, host: String) -> SystemError {
        SystemError(
            call: "connect", code: EADDRNOTAVAIL,
            note: "\(host) has no address of the family of \(source)")
    }

    /// Whether the call may go through later (`EAGAIN`).
    package var isTryAgain: Bool {
        code == EAGAIN
    }

    /// Whether the socket has no peer: not yet, or not any more (`ENOTCONN`).
    package var isNotConnected: Bool {
        code == ENOTCONN
    }

    /// Whether `accept` failed for one connection only, and the next one may be asked for at once.
    ///
    /// Linux hands network errors of the new socket to `accept` (accept(2), "Error handling").
    package var concernsOneConnection: Bool {
        switch code {
        case ECONNABORTED, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH,
            EOPNOTSUPP, ENETUNREACH:
            true
        default:
            false
        }
    }
}
