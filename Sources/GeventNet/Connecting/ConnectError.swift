// SPDX-License-Identifier: Apache-2.0
public import GeventSystem

/// No address of a host could be connected to.
///
/// gevent: the `ExceptionGroup` of `create_connection(all_errors=True)`.
public struct ConnectError: Error, Sendable {
    /// One address that was tried.
    public struct Attempt: Sendable {
        /// The address.
        public let address: SocketAddress

        /// Why there is no connection: a `SystemError`, or a ``SocketTimeoutError`` if its share of
        /// the time was over.
        public let error: any Error
    }

    /// The host, as it was asked for.
    public let host: String

    /// What was tried, in this order; at least one.
    public let attempts: [Attempt]

    init(host: String, attempts: [Attempt]) {
        self.host = host
        self.attempts = attempts
    }

    /// The error number of the last address, such as `ECONNREFUSED`; `nil` if that one timed out.
    public var code: Int32? { (attempts.last?.error as? SystemError)?.code }
}

extension ConnectError: CustomStringConvertible {
    /// The host, and each address with its error.
    public var description: String {
        let causes = attempts.map { attempt in
            guard let error = attempt.error as? SystemError else {
                return "\(attempt.address): \(attempt.error)"
            }
            return "\(attempt.address): \(error.message)\(error.name.map { " (\($0))" } ?? "")"
        }
        return "cannot connect to \(host): " + causes.joined(separator: "; ")
    }
}
