// SPDX-License-Identifier: Apache-2.0
public import GeventSystem

/// Asks the C library on the spot, so that the whole hub stands still: for debugging only.
///
/// gevent: `gevent.resolver.blocking.Resolver`.
public struct BlockResolver: Resolver {
    /// The resolver.
    public init() {}

    /// The addresses of a host, by `getaddrinfo`.
    ///
    /// - Throws: `LookupError`.
    public func addresses(
        of host: String, port: UInt16, family: SocketAddress.Family?
    ) throws -> [SocketAddress] {
        if let numbers = try HostName.numbers(host, port: port, family: family) { return [numbers] }
        return try NameLookup.addresses(of: host, port: port, family: family).withoutRepeats
    }

    /// The name of the host at an address, by `getnameinfo`.
    ///
    /// - Throws: `LookupError`.
    public func name(of address: SocketAddress) throws -> String {
        try NameLookup.name(of: address).presentable(for: address)
    }

    /// The port that a service has by custom.
    ///
    /// - Throws: `LookupError`.
    public func port(of service: String, over transport: Transport) throws -> UInt16 {
        try ServiceLookup.port(of: service, protocol: transport.name)
    }

    /// The service that a port belongs to by custom.
    ///
    /// - Throws: `LookupError`.
    public func service(at port: UInt16, over transport: Transport) throws -> String {
        try ServiceLookup.name(of: port, protocol: transport.name)
    }
}
