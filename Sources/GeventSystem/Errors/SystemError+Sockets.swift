// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

extension SystemError {
    /// The failure of a call on a descriptor that its owner has closed: `EBADF`.
    package static func closed(_ call: String) -> SystemError {
        SystemError(call: call, code: EBADF)
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
