// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

/// Looks up the addresses of a host, as the C library does it, without blocking the hub.
///
/// Up to ten look-ups run at once, on native threads. An address in numbers is answered at once.
///
/// > Suspends: Unless `host` is an address in numbers. A kill or a timeout returns at once.
///
/// - Parameters:
///   - host: A name, or an address in numbers; IPv6 without brackets.
///   - port: Given to each address of the answer.
/// - Returns: The addresses, in the order in which to try them; at least one.
/// - Throws: `LookupError`; what strikes the greenlet.
///
/// gevent: `socket.getaddrinfo`.
public func lookup(_ host: String, port: UInt16 = 0) throws -> [SocketAddress] {
    if let address = SocketAddress(host, port: port) { return [address] }
    let addresses = try Offload.names.run { try NameLookup.addresses(of: host, port: port) }
    // Two entries of a hosts file may name the same address.
    var seen: Set<SocketAddress> = []
    return addresses.filter { seen.insert($0).inserted }
}
