// SPDX-License-Identifier: Apache-2.0

/// Looks up the port that a service has by custom: 443 for `https`.
///
/// > Suspends: Always. A kill or a timeout returns at once.
///
/// - Parameters:
///   - service: Its name or one of its aliases.
///   - transport: What it speaks through.
/// - Returns: The port.
/// - Throws: `LookupError` for a service that the machine does not know; what strikes the greenlet.
///
/// gevent: `socket.getservbyname`.
public func lookupPort(of service: String, over transport: Transport = .tcp) throws -> UInt16 {
    try Resolvers.current.port(of: service, over: transport)
}

/// Looks up the service that a port belongs to by custom: `https` for 443.
///
/// > Suspends: Always. A kill or a timeout returns at once.
///
/// - Parameters:
///   - port: The port.
///   - transport: What the service speaks through.
/// - Returns: The name of the service.
/// - Throws: `LookupError` for a port without a name; what strikes the greenlet.
///
/// gevent: `socket.getservbyport`.
public func lookupService(at port: UInt16, over transport: Transport = .tcp) throws -> String {
    try Resolvers.current.service(at: port, over: transport)
}

/// Looks up where a service of a domain is: `_xmpp-client._tcp.example.org`.
///
/// > Suspends: Always. A kill or a timeout returns at once.
///
/// - Parameter name: The full name of the service.
/// - Returns: The records, by priority and then by descending weight; at least one.
/// - Throws: ``ResolverCannot`` unless the current resolver speaks to name servers itself;
///   `LookupError`; what strikes the greenlet.
public func lookupSRV(_ name: String) throws -> [SRVRecord] {
    let records = try Resolvers.current.records(of: name, kind: .srv).compactMap { record in
        if case .srv(let record) = record { record } else { nil }
    }
    return records.sorted { ($0.priority, $1.weight) < ($1.priority, $0.weight) }
}

/// Looks up the hosts that take the mail of a domain.
///
/// > Suspends: Always. A kill or a timeout returns at once.
///
/// - Parameter name: The full name of the domain.
/// - Returns: The records in the order in which to try them; at least one.
/// - Throws: ``ResolverCannot`` unless the current resolver speaks to name servers itself;
///   `LookupError`; what strikes the greenlet.
public func lookupMX(_ name: String) throws -> [MXRecord] {
    let records = try Resolvers.current.records(of: name, kind: .mx).compactMap { record in
        if case .mx(let record) = record { record } else { nil }
    }
    return records.sorted { $0.preference < $1.preference }
}

/// Looks up the texts under a name.
///
/// > Suspends: Always. A kill or a timeout returns at once.
///
/// - Parameter name: The full name.
/// - Returns: The records as they came; at least one.
/// - Throws: ``ResolverCannot`` unless the current resolver speaks to name servers itself;
///   `LookupError`; what strikes the greenlet.
public func lookupTXT(_ name: String) throws -> [TXTRecord] {
    try Resolvers.current.records(of: name, kind: .txt).compactMap { record in
        if case .txt(let record) = record { record } else { nil }
    }
}
