// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// A system call that failed, by the call's name and its error number.
///
/// Compare ``code`` with the constants of your C library (`ECONNRESET`, `EADDRINUSE`, …); the text
/// is for people and logs.
///
/// ```swift
/// do { try server.start() } catch let error as SystemError where error.code == EADDRINUSE {
///     print(error)  // bind: Address already in use (EADDRINUSE 98)
/// }
/// ```
///
/// gevent: `OSError`, with ``code`` for `errno`.
public struct SystemError: Error, Hashable {
    /// The name of the failed call, as in its manual page.
    public let call: String

    /// The error number, positive as in `errno.h`.
    public let code: Int32

    /// What else is known: the limit that was met, or the thing that was asked for.
    public let note: String?

    /// A failure of `call`, with a note to follow the text of the error in ``description``.
    public init(call: String, code: Int32, note: String? = nil) {
        self.call = call
        self.code = code
        self.note = note
    }

    /// The constant's name, such as `ECONNRESET`; `nil` for a number the C library does not know.
    ///
    /// Call: `strerrorname_np`.
    public var name: String? {
        // SAFETY: the C library answers nil or a string that lives as long as the process.
        unsafe gv_error_name(code).map { unsafe String(cString: $0) }
    }

    /// The text of the error, such as `Connection reset by peer`, in English whatever the locale.
    ///
    /// Call: `strerrordesc_np`.
    public var message: String {
        // SAFETY: the C library answers nil or a string that lives as long as the process.
        unsafe gv_error_description(code).map { unsafe String(cString: $0) } ?? "Unknown error"
    }
}

extension SystemError: CustomStringConvertible {
    /// The failure in one line: `connect: Connection refused (ECONNREFUSED 111)`.
    public var description: String {
        let number = name.map { "\($0) \(code)" } ?? "\(code)"
        let suffix = note.map { ", \($0)" } ?? ""
        return "\(call): \(message) (\(number))\(suffix)"
    }
}
