// SPDX-License-Identifier: Apache-2.0

/// Something is wrong with the encryption of a connection, or with what was configured for it.
///
/// ```swift
/// do { try stream.handshake() } catch let error as TLSError where error.code == .certificateExpired {
///     print(error)  // the certificate has expired: certificate verify failed; …
/// }
/// ```
///
/// What is wrong with the connection below, such as a reset, comes as its own error.
///
/// gevent: `ssl.SSLError`.
public struct TLSError: Error, Sendable {
    /// What went wrong, for programs.
    public let code: Code

    /// What went wrong, for people: the words of OpenSSL where they are its own.
    public let reason: String

    /// The number of the alert that the peer sent (RFC 8446, 6); `nil` if none came.
    public let alert: UInt8?

    /// What it comes from, if that was an error too.
    public let cause: (any Error)?

    /// Says what went wrong.
    public init(_ code: Code, reason: String, alert: UInt8? = nil, cause: (any Error)? = nil) {
        self.code = code
        self.reason = reason
        self.alert = alert
        self.cause = cause
    }
}

extension TLSError: CustomStringConvertible {
    /// The code's words, the reason, and what it comes from.
    public var description: String {
        let origin = cause.map { " (\($0))" } ?? ""
        return reason.isEmpty ? "\(code)\(origin)" : "\(code): \(reason)\(origin)"
    }
}
