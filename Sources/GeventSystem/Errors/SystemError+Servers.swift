// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

extension SystemError {
    /// Whether the listener itself is of no more use: closed, or no listening socket at all
    /// (`EBADF`, `EINVAL`, `ENOTSOCK`).
    package var endsListening: Bool {
        switch code {
        case EBADF, EINVAL, ENOTSOCK: true
        default: false
        }
    }

    /// Whether the machine speaks no IPv6 (`EAFNOSUPPORT`), or has been told not to
    /// (`EADDRNOTAVAIL` for an address that is every one).
    package var saysNoIPv6: Bool {
        code == EAFNOSUPPORT || code == EADDRNOTAVAIL
    }

    /// The failure to use again a socket that is closed for good: `EBADF`, with a note.
    package static func closedForGood(_ call: String, note: String) -> SystemError {
        SystemError(call: call, code: EBADF, note: note)
    }

    /// The failure of a Unix socket to share a port, which it has not: `EOPNOTSUPP`.
    package static func noPortToShare(_ address: String) -> SystemError {
        SystemError(
            call: "bind", code: EOPNOTSUPP, note: "\(address) has no port that others could reuse")
    }
}
