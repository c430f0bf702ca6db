// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

/// Asks the C library, on native threads: the default.
///
/// It answers as every other program of the machine does: hosts file, search list, multicast names.
/// Up to ten look-ups run at once, on threads of their own, so that slow names keep nothing but
/// names waiting. A look-up whose greenlet was killed goes on in its thread, and its answer is
/// dropped.
///
/// It does not look up records: see ``ResolverCannot``.
///
/// gevent: `gevent.resolver.thread.Resolver`.
public struct ThreadResolver: Resolver {
    /// The resolver; all of them share the threads.
    public init() {}

    /// The addresses of a host, by `getaddrinfo`.
    ///
    /// > Suspends: Unless `host` is an address in numbers or is malformed.
    ///
    /// - Throws: `LookupError`; what strikes the greenlet.
    public func addresses(
        of host: String, port: UInt16, family: SocketAddress.Family?
    ) throws -> [SocketAddress] {
        if let numbers = try HostName.numbers(host, port: port, family: family) { return [numbers] }
        return try Offload.names.run {
            try NameLookup.addresses(of: host, port: port, family: family)
        }.withoutRepeats
    }

    /// The name of the host at an address, by `getnameinfo`.
    ///
    /// > Suspends: Always.
    ///
    /// - Throws: `LookupError`; what strikes the greenlet.
    public func name(of address: SocketAddress) throws -> String {
        try Offload.names.run { try NameLookup.name(of: address) }.presentable(for: address)
    }
}

extension [SocketAddress] {
    /// Each address once, in its first place: two lines of a hosts file may name the same.
    var withoutRepeats: [SocketAddress] {
        var seen: Set<SocketAddress> = []
        return filter { seen.insert($0).inserted }
    }
}

extension String {
    /// A name out of an answer, if it may be handed on.
    ///
    /// Whoever owns an address decides what its name is said to be, and may hope that it ends up in
    /// a log, a page or a command (CVE-2021-3672).
    ///
    /// - Throws: `LookupError` for one that no host can have.
    func presentable(for address: SocketAddress) throws(LookupError) -> String {
        guard HostName.isPresentable(self) else {
            throw .badAnswer(address.host ?? address.description)
        }
        return self
    }
}
