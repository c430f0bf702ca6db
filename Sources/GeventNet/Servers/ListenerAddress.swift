// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

/// Where a server listens, as people write it in a configuration.
///
/// ```swift
/// let place = try ListenerAddress("[::1]:8080")
/// ```
///
/// The forms are `":8080"`, `"*:8080"`, `"8080"` (every address of the machine), `"127.0.0.1:80"`,
/// `"[::1]:80"`, `"localhost:80"`, `"unix:/run/app.sock"` and `"unix:@name"` (an abstract name).
///
/// gevent: the `listener` of `BaseServer`, and `parse_address`.
public struct ListenerAddress: Hashable, Sendable {
    enum Place: Hashable {
        case everywhere(port: UInt16)
        case host(String, port: UInt16)
        case address(SocketAddress)
    }

    let place: Place

    /// Every address of the machine, for IPv6 and IPv4 peers; IPv4 alone where there is no IPv6.
    ///
    /// - Parameter port: The port; 0 lets the system choose one.
    public init(port: UInt16) {
        place = .everywhere(port: port)
    }

    /// One address.
    public init(_ address: SocketAddress) {
        place = .address(address)
    }

    init(_ place: Place) {
        self.place = place
    }
}

extension ListenerAddress {
    /// Begins to listen.
    ///
    /// > Suspends: When it is the name of a host.
    ///
    /// - Throws: `SystemError`, `LookupError`, what strikes the greenlet.
    func listen(backlog: Int, reusePort: Bool) throws -> SocketListener {
        switch place {
        case .everywhere(let port):
            return try everywhere { address in
                try TCPListener(
                    on: address.with(port: port), backlog: backlog, reusePort: reusePort)
            }
        case .host(let host, let port):
            return try TCPListener(host: host, port: port, backlog: backlog, reusePort: reusePort)
        case .address(let address) where address.family != .unix:
            return try TCPListener(on: address, backlog: backlog, reusePort: reusePort)
        case .address(let address):
            if reusePort { throw SystemError.noPortToShare(description) }
            guard let path = address.unixPath else {
                return try UnixListener(on: address, backlog: backlog)
            }
            return try UnixListener(path: path, backlog: backlog)
        }
    }

    /// Tries both of the addresses that are every one of the machine, IPv6 first.
    func everywhere<Value>(_ bind: (SocketAddress) throws -> Value) throws -> Value {
        do {
            return try bind(.any(.ipv6, port: 0))
        } catch let error as SystemError where error.saysNoIPv6 {
            return try bind(.any(.ipv4, port: 0))
        }
    }
}
