// SPDX-License-Identifier: Apache-2.0
import Gevent

/// Where connections are passed on to.
enum ForwardTarget {
    case tcp(host: String, port: UInt16)
    case unix(SocketAddress)

    /// Reads `host:80`, `[::1]:80`, `unix:/path` or `unix:@name`.
    ///
    /// - Throws: ``BadTarget``; `SystemError` for a path that is too long.
    init(_ text: String) throws {
        if text.hasPrefix("unix:@") {
            self = .unix(try SocketAddress(abstractName: Array(text.utf8.dropFirst(6))))
            return
        }
        if text.hasPrefix("unix:") {
            self = .unix(try SocketAddress(unixPath: String(text.dropFirst(5))))
            return
        }
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...]), port > 0
        else { throw BadTarget(text: text) }
        var host = text[..<colon]
        if host.hasPrefix("[") && host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw BadTarget(text: text)
        }
        if host.isEmpty { host = "localhost" }
        self = .tcp(host: String(host), port: port)
    }

    /// Connects.
    ///
    /// > Suspends: Always.
    func connect(timeout: Duration) throws -> SocketStream {
        switch self {
        case .tcp(let host, let port): try TCPStream(host: host, port: port, timeout: timeout)
        case .unix(let address): try UnixStream(to: address, timeout: timeout)
        }
    }
}

extension ForwardTarget: CustomStringConvertible {
    /// The address as it can be read again.
    var description: String {
        switch self {
        case .tcp(let host, let port):
            host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let address): address.description
        }
    }
}

/// A text names no target.
struct BadTarget: Error, CustomStringConvertible {
    /// The text.
    let text: String

    /// What a target looks like.
    var description: String {
        "\"\(text)\" is no target: write host:80, [::1]:80, unix:/path or unix:@name"
    }
}
