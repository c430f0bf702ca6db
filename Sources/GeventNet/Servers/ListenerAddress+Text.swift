// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

extension ListenerAddress {
    /// Reads an address as people write it.
    ///
    /// Nothing is looked up yet: the name of a host may turn out not to exist when the server
    /// starts.
    ///
    /// - Throws: ``ListenerAddressError``.
    ///
    /// gevent: `parse_address`.
    public init(_ text: String) throws(ListenerAddressError) {
        if text.hasPrefix("unix:") {
            self.init(.address(try Self.unix(text)))
            return
        }
        guard let colon = text.lastIndex(of: ":") else {
            guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw ListenerAddressError(text, "it has no port, as in \"host:8080\"")
            }
            self.init(port: try Self.port(text[...], of: text))
            return
        }
        let port = try Self.port(text[text.index(after: colon)...], of: text)
        let host = text[..<colon]
        if host.isEmpty || host == "*" {
            self.init(port: port)
        } else if host.hasPrefix("[") || host.hasSuffix("]") {
            self.init(.address(try Self.bracketed(host, port: port, of: text)))
        } else if let address = SocketAddress(String(host), port: port), address.family == .ipv4 {
            self.init(.address(address))
        } else {
            try Self.check(host, of: text)
            self.init(.host(String(host), port: port))
        }
    }

    private static func port(
        _ digits: Substring, of text: String
    ) throws(ListenerAddressError) -> UInt16 {
        // Digits only: UInt16("+5") would be a number too.
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = UInt16(digits)
        else { throw ListenerAddressError(text, "its port is no number from 0 to 65535") }
        return port
    }

    private static func bracketed(
        _ host: Substring, port: UInt16, of text: String
    ) throws(ListenerAddressError) -> SocketAddress {
        guard host.hasPrefix("["), host.hasSuffix("]"),
            let address = SocketAddress(String(host.dropFirst().dropLast()), port: port),
            address.family == .ipv6
        else { throw ListenerAddressError(text, "between brackets stands an IPv6 address") }
        return address
    }

    private static func check(_ host: Substring, of text: String) throws(ListenerAddressError) {
        if host.contains(":") {
            throw ListenerAddressError(text, "an IPv6 address stands between brackets")
        }
        let isPlain = host.utf8.allSatisfy { byte in
            byte > 0x20 && byte != 0x7F && !"/@[]*\\?#".utf8.contains(byte)
        }
        if !isPlain { throw ListenerAddressError(text, "its host is no name") }
    }

    private static func unix(_ text: String) throws(ListenerAddressError) -> SocketAddress {
        let name = text.dropFirst("unix:".count)
        guard !name.isEmpty, name != "@" else {
            throw ListenerAddressError(text, "it names no socket")
        }
        do {
            if name.hasPrefix("@") {
                return try SocketAddress(abstractName: Array(name.utf8.dropFirst()))
            }
            return try SocketAddress(unixPath: String(name))
        } catch {
            throw ListenerAddressError(text, error.message)
        }
    }
}

extension ListenerAddress: CustomStringConvertible {
    /// The address as it can be read again.
    public var description: String {
        switch place {
        case .everywhere(let port): "*:\(port)"
        case .host(let host, let port): "\(host):\(port)"
        case .address(let address): address.description
        }
    }
}

/// A text is no address that a server can listen on.
///
/// gevent: the `ValueError` of `parse_address`.
public struct ListenerAddressError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text.
    public let text: String

    /// What is wrong with it.
    public let reason: String

    init(_ text: String, _ reason: String) {
        self.text = text
        self.reason = reason
    }

    /// The text, what is wrong with it, and what is right.
    public var description: String {
        "\"\(text)\" is no address to listen on: \(reason)"
    }
}
