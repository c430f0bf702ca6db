// SPDX-License-Identifier: Apache-2.0

/// What can go wrong with a download beside the network.
enum HTTPError: Error, Equatable {
    /// The text is no address that can be asked for; says why.
    case badAddress(String)
    /// The address begins with `https:`.
    case needsTLS
    /// The other side does not speak HTTP/1 as it should; says where.
    case malformed(String)
    /// The other side sends more than is accepted; says of what.
    case tooLarge(String)
    /// The server answered, but not with what was asked for.
    case status(Int, String)
    /// One redirect led to the next too often.
    case tooManyRedirects(Int)
}

extension HTTPError: CustomStringConvertible {
    /// The failure in one line.
    var description: String {
        switch self {
        case .badAddress(let reason): "not a usable address: \(reason)"
        case .needsTLS: "https is not supported yet, only http"
        case .malformed(let what): "malformed answer: \(what)"
        case .tooLarge(let what): "too large: \(what)"
        case .status(let code, let reason): reason.isEmpty ? "status \(code)" : "\(code) \(reason)"
        case .tooManyRedirects(let count): "more than \(count) redirects"
        }
    }
}
