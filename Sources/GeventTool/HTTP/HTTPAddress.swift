// SPDX-License-Identifier: Apache-2.0
import Foundation

/// An `http:` address, checked so that its parts can be put into a request as they are.
struct HTTPAddress: Hashable {
    /// The host as names are looked up: IPv6 without brackets.
    let host: String
    /// The port, 80 unless the address has one.
    let port: UInt16
    /// What is asked for: the path and the query, percent-encoded.
    let target: String
    /// The path with its percent-encoding undone.
    let path: String
    private let url: URL

    /// Reads an address.
    ///
    /// - Parameters:
    ///   - text: The address.
    ///   - base: What a relative address, as in a redirect, is relative to.
    /// - Throws: ``HTTPError``.
    init(_ text: String, relativeTo base: HTTPAddress? = nil) throws {
        guard let url = URL(string: text, relativeTo: base?.url)?.absoluteURL else {
            throw HTTPError.badAddress("it cannot be read")
        }
        switch url.scheme?.lowercased() {
        case "http": break
        case "https": throw HTTPError.needsTLS
        default: throw HTTPError.badAddress("it must begin with http://")
        }
        guard url.user == nil, url.password == nil else {
            throw HTTPError.badAddress("user names in addresses are not supported")
        }
        let host = (url.host(percentEncoded: false) ?? "").trimmingCharacters(in: ["[", "]"])
        guard !host.isEmpty, Self.isPlain(host) else {
            throw HTTPError.badAddress("it has no usable host")
        }
        guard let port = UInt16(exactly: url.port ?? 80), port > 0 else {
            throw HTTPError.badAddress("its port is not between 1 and 65535")
        }
        let path = url.path(percentEncoded: true)
        let query = url.query(percentEncoded: true).map { "?\($0)" } ?? ""
        let target = (path.isEmpty ? "/" : path) + query
        // What is not visible ASCII could end the request line and begin another request.
        guard Self.isPlain(target), target.hasPrefix("/") else {
            throw HTTPError.badAddress("its path is not percent-encoded")
        }
        self.host = host
        self.port = port
        self.target = target
        self.path = url.path(percentEncoded: false)
        self.url = url
    }

    /// The value of the `Host` field.
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == 80 ? name : "\(name):\(port)"
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}

extension HTTPAddress: CustomStringConvertible {
    /// The address as it is written.
    var description: String { "http://\(authority)\(target)" }
}
