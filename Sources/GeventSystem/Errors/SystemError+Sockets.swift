// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

extension SystemError {
    /// The failure of a call on a descriptor that its owner has closed: `EBADF`.
    package static func closed(_ call: String) -> SystemError {
        SystemError(call: call, code: EBADF)
    }

    /// The failure to register a descriptor twice.
    package static func isRegistered(_ number: Int32) -> SystemError {
        SystemError(call: "register", code: EEXIST, note: "descriptor \(number) is registered")
    }

    /// The failure to change or end a registration that is not there.
    package static func isNotRegistered(_ number: Int32) -> SystemError {
        SystemError(call: "register", code: ENOENT, note: "descriptor \(number) is not registered")
    }

    /// The failure to watch a descriptor for nothing.
    package static var noEvents: SystemError {
        SystemError(call: "register", code: EINVAL, note: "no events are asked for")
    }

    /// The failure of a call on a number that is not open.
    package static func isNotOpen(_ number: Int32, _ call: String) -> SystemError {
        SystemError(call: call, code: EBADF, note: "descriptor \(number) is not open")
    }

    /// Whether a descriptor cannot be watched because it is always ready: a regular file or folder.
    package var isAlwaysReady: Bool {
        code == EPERM
    }

    /// Whether the call may go through later (`EAGAIN`).
    package var isTryAgain: Bool {
        code == EAGAIN
    }

    /// The failure of a write behind the end that this side has announced: `EPIPE`.
    package static func brokenPipe(_ call: String) -> SystemError {
        SystemError(call: call, code: EPIPE)
    }

    /// The failure of a connection that the peer has cut: `ECONNRESET`.
    package static func connectionReset(_ call: String) -> SystemError {
        SystemError(call: call, code: ECONNRESET)
    }

    /// The failure to connect where nobody listens: `ECONNREFUSED`.
    package static func connectionRefused(_ note: String) -> SystemError {
        SystemError(call: "connect", code: ECONNREFUSED, note: note)
    }

    /// The failure to connect to a host that does not answer: `ETIMEDOUT`.
    package static func noAnswer(_ note: String) -> SystemError {
        SystemError(call: "connect", code: ETIMEDOUT, note: note)
    }

    /// The failure to take a port that is taken: `EADDRINUSE`.
    package static func addressInUse(_ note: String) -> SystemError {
        SystemError(call: "bind", code: EADDRINUSE, note: note)
    }

    /// The failure to send a message that is too long: `EMSGSIZE`.
    package static func messageTooLong(_ byteCount: Int) -> SystemError {
        SystemError(call: "sendto", code: EMSGSIZE, note: "\(byteCount) bytes")
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
