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
        // By bytes all along: a sign that combines with ":" or "@" makes another character of it.
        if text.utf8.starts(with: "unix:".utf8) {
            self.init(.address(try Self.unix(text)))
            return
        }
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else {
            guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw ListenerAddressError(text, "it has no port, as in \"host:8080\"")
            }
            self.init(port: try Self.port(text[...], of: text))
            return
        }
        let port = try Self.port(text[text.utf8.index(after: colon)...], of: text)
        let host = text[..<colon]
        if host.isEmpty || host == "*" {
            self.init(port: port)
        } else if host.utf8.first == UInt8(ascii: "[") || host.utf8.last == UInt8(ascii: "]") {
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
        guard host.utf8.first == UInt8(ascii: "["), host.utf8.last == UInt8(ascii: "]"),
            host.utf8.count > 2,
            let address = SocketAddress(
                String(Substring(host.utf8.dropFirst().dropLast())), port: port),
            address.family == .ipv6
        else { throw ListenerAddressError(text, "between brackets stands an IPv6 address") }
        return address
    }

    private static func check(_ host: Substring, of text: String) throws(ListenerAddressError) {
        if host.utf8.contains(UInt8(ascii: ":")) {
            throw ListenerAddressError(text, "an IPv6 address stands between brackets")
        }
        let isPlain = host.utf8.allSatisfy { byte in
            byte > 0x20 && byte != 0x7F && !"/@[]*\\?#".utf8.contains(byte)
        }
        if !isPlain { throw ListenerAddressError(text, "its host is no name") }
    }

    private static func unix(_ text: String) throws(ListenerAddressError) -> SocketAddress {
        let name = text.utf8.dropFirst("unix:".utf8.count)
        let isAbstract = name.first == UInt8(ascii: "@")
        guard name.count > (isAbstract ? 1 : 0) else {
            throw ListenerAddressError(text, "it names no socket")
        }
        do {
            if isAbstract {
                return try SocketAddress(abstractName: Array(name.dropFirst()))
            }
            return try SocketAddress(unixPath: String(Substring(name)))
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
