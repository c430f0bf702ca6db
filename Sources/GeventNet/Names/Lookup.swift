// SPDX-License-Identifier: Apache-2.0
public import GeventSystem

/// Looks up the addresses of a host with the resolver in ``Resolvers/current``, without blocking the
/// hub.
///
/// An address in four numbers, or an IPv6 address with its interface after a `%`, is answered at once
/// by any resolver. A name is up to 253 bytes of letters, digits, hyphens and underscores, in labels
/// of 1 to 63 between dots; with a dot at the end it is tried as it is, without a search list. All
/// else is refused at once, and nobody is asked:
///
/// - what has spaces or control characters in it;
/// - names beyond ASCII: write their `xn--` form;
/// - `127.1`, `0x7f.1` and other short forms, which programs disagree about;
/// - `[::1]`: brackets belong to addresses with a port.
///
/// > Suspends: Unless `host` is an address in numbers or is malformed. A kill or a timeout returns at
/// > once.
///
/// - Parameters:
///   - host: A name, or an address in numbers; IPv6 without brackets.
///   - port: Given to each address of the answer.
///   - family: IPv4 or IPv6 only; `nil` asks for both.
/// - Returns: The addresses, in the order in which to try them; at least one.
/// - Throws: `LookupError`; what strikes the greenlet.
///
/// gevent: `socket.getaddrinfo`, `socket.gethostbyname`.
public func lookup(
    _ host: String, port: UInt16 = 0, family: SocketAddress.Family? = nil
) throws -> [SocketAddress] {
    // A resolver of the user's may be less careful than ours.
    if let numbers = try HostName.numbers(host, port: port, family: family) { return [numbers] }
    return try Resolvers.current.addresses(of: host, port: port, family: family)
}

/// Looks up the name of the host at an address, as whoever owns the address tells it.
///
/// Anybody can claim any name: before you trust one, look up its addresses.
///
/// > Suspends: Always. A kill or a timeout returns at once.
///
/// - Parameter address: IPv4 or IPv6; its port does not matter.
/// - Returns: A name that a host can have.
/// - Throws: `LookupError`; what strikes the greenlet.
///
/// gevent: `socket.gethostbyaddr`, `socket.getnameinfo`.
public func lookupName(of address: SocketAddress) throws -> String {
    try Resolvers.current.name(of: address)
}
