// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

/// A way to find out what names stand for.
///
/// Functions such as ``lookup(_:port:family:)`` ask the one in ``Resolvers/current``. One may be used
/// by all threads at once. A kill or a timeout of a greenlet that asks returns at once, and leaves
/// the resolver usable.
///
/// An address in numbers is answered without asking anybody, and a name that cannot be one is
/// refused without asking anybody: see ``lookup(_:port:family:)``.
///
/// gevent: `gevent.resolver.AbstractResolver`.
public protocol Resolver: Sendable {
    /// The addresses of a host.
    ///
    /// > Suspends: Unless `host` is an address in numbers or is malformed.
    ///
    /// - Parameters:
    ///   - host: A name, or an address in numbers; IPv6 without brackets.
    ///   - port: Given to each address of the answer.
    ///   - family: IPv4 or IPv6 only; `nil` asks for both.
    /// - Returns: The addresses, each once, in the order in which to try them; at least one.
    /// - Throws: `LookupError`; what strikes the greenlet.
    func addresses(
        of host: String, port: UInt16, family: SocketAddress.Family?
    ) throws -> [SocketAddress]

    /// The name of the host at an address.
    ///
    /// > Suspends: Always.
    ///
    /// - Throws: `LookupError`, also for a name in the answer that no host can have; what strikes
    ///   the greenlet.
    func name(of address: SocketAddress) throws -> String

    /// The port that a service has by custom.
    ///
    /// > Suspends: Always.
    ///
    /// - Throws: `LookupError` for a service that is not known; what strikes the greenlet.
    func port(of service: String, over transport: Transport) throws -> UInt16

    /// The service that a port belongs to by custom.
    ///
    /// > Suspends: Always.
    ///
    /// - Throws: `LookupError` for a port that belongs to none; what strikes the greenlet.
    func service(at port: UInt16, over transport: Transport) throws -> String

    /// The records of a name.
    ///
    /// > Suspends: Always.
    ///
    /// - Parameters:
    ///   - name: The full name; no search list is used.
    ///   - kind: Which records.
    /// - Returns: The records as they came, at least one, all of the kind.
    /// - Throws: ``ResolverCannot`` where the resolver does not do that, which is the default;
    ///   `LookupError`; what strikes the greenlet.
    func records(of name: String, kind: NameRecord.Kind) throws -> [NameRecord]

    /// Gives up what is under way and frees what the resolver holds; a later use begins anew.
    ///
    /// Does nothing by default.
    func close()
}

extension Resolver {
    /// The port, from the C library's tables, read on a native thread.
    public func port(of service: String, over transport: Transport) throws -> UInt16 {
        try Offload.names.run { try ServiceLookup.port(of: service, protocol: transport.name) }
    }

    /// The service, from the C library's tables, read on a native thread.
    public func service(at port: UInt16, over transport: Transport) throws -> String {
        try Offload.names.run { try ServiceLookup.name(of: port, protocol: transport.name) }
    }

    /// Refuses: this resolver does not look up records.
    public func records(of name: String, kind: NameRecord.Kind) throws -> [NameRecord] {
        throw ResolverCannot(resolver: "\(Self.self)", request: "look up \(kind.rawValue) records")
    }

    /// Does nothing: this resolver holds nothing.
    public func close() {}
}

/// What a service speaks through, for the tables of services.
public enum Transport: Hashable, Sendable {
    /// Streams.
    case tcp

    /// Datagrams.
    case udp

    var name: String { self == .tcp ? "tcp" : "udp" }
}
