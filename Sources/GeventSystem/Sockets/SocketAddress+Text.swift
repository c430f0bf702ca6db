// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

extension SocketAddress {
    /// The address that a numeric host spells: `127.0.0.1`, `::1`, `fe80::1%eth0`.
    ///
    /// Nothing is looked up. `nil` for a name, for shortened forms such as `127.1`, and for an
    /// interface that does not exist. The host comes without brackets; an IPv6 address may name its
    /// interface, or number it, after a `%`.
    ///
    /// Call: `inet_pton`.
    public init?(_ host: String, port: UInt16) {
        // A zero byte would end the text early for the C library: "127.0.0.1\0.example".
        guard !host.utf8.contains(0) else { return nil }
        var small: UInt32 = 0
        // SAFETY: the call writes the four bytes of an IPv4 address to a local of four bytes.
        if unsafe inet_pton(AF_INET, host, &small) == 1 {
            self.init(.ipv4(UInt32(bigEndian: small), port: port))
            return
        }
        let parts = host.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard let scope = parts.count < 2 ? 0 : Self.scope(named: String(parts[1])) else {
            return nil
        }
        var large: UInt128 = 0
        // SAFETY: the call writes the 16 bytes of an IPv6 address to a local of 16 bytes.
        guard unsafe inet_pton(AF_INET6, String(parts[0]), &large) == 1 else { return nil }
        self.init(.ipv6(UInt128(bigEndian: large), port: port, scope: scope))
    }

    private static func scope(named name: String) -> UInt32? {
        if let number = UInt32(name) { return number }
        // SAFETY: the name ends with a zero and is read during the call only.
        let index = unsafe if_nametoindex(name)
        return index == 0 ? nil : index
    }

    /// The host in numbers, with `%` and the interface's number where it has one; `nil` for a Unix
    /// address.
    ///
    /// Call: `inet_ntop`.
    public var host: String? {
        switch storage {
        case .ipv4(let host, _):
            var bytes = host.bigEndian
            return unsafe Self.text(AF_INET, &bytes)
        case .ipv6(let host, _, let scope):
            var bytes = host.bigEndian
            let text = unsafe Self.text(AF_INET6, &bytes)
            return scope == 0 ? text : "\(text)%\(scope)"
        case .unix:
            return nil
        }
    }

    private static func text(_ family: Int32, _ bytes: UnsafeRawPointer) -> String {
        var room = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        // SAFETY: the callers lend an address of the family in network order, and the call writes
        // at most the room it is given.
        guard unsafe inet_ntop(family, bytes, &room, socklen_t(room.count)) != nil else {
            fatalError("inet_ntop refused an address that SocketAddress built")
        }
        return KernelText.string(room)
    }
}

extension SocketAddress: CustomStringConvertible {
    /// The address as people write it: `127.0.0.1:80`, `[::1]:80`, `unix:/run/a.sock`, `unix:@name`.
    public var description: String {
        switch storage {
        case .ipv4(_, let port):
            return "\(host ?? ""):\(port)"
        case .ipv6(_, let port, _):
            return "[\(host ?? "")]:\(port)"
        case .unix(let bytes):
            guard bytes.first == 0 else { return "unix:" + String(decoding: bytes, as: UTF8.self) }
            return "unix:@" + String(decoding: bytes.dropFirst(), as: UTF8.self)
        }
    }
}
