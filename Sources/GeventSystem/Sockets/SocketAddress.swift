// SPDX-License-Identifier: Apache-2.0

/// Where a socket is, or its peer: a host and port, or a path.
///
/// An address is numbers only; names are looked up before. Equal addresses name the same end point.
///
/// ```swift
/// let address = SocketAddress("127.0.0.1", port: 8080)
/// let local = try SocketAddress(unixPath: "/run/app.sock")
/// ```
///
/// gevent: the tuples `(host, port)` and `(host, port, flowinfo, scope_id)`.
public struct SocketAddress: Hashable, Sendable {
    /// The kind of network an address belongs to.
    ///
    /// Call: `AF_INET`, `AF_INET6`, `AF_UNIX`.
    public enum Family: Hashable, Sendable {
        /// Internet, 32-bit addresses.
        case ipv4

        /// Internet, 128-bit addresses.
        case ipv6

        /// Paths and abstract names on this machine.
        case unix
    }

    enum Storage: Hashable {
        case ipv4(UInt32, port: UInt16)
        case ipv6(UInt128, port: UInt16, scope: UInt32)
        case unix([UInt8])
    }

    let storage: Storage

    init(_ storage: Storage) {
        self.storage = storage
    }

    /// The kind of network.
    public var family: Family {
        switch storage {
        case .ipv4: .ipv4
        case .ipv6: .ipv6
        case .unix: .unix
        }
    }

    /// The port; `nil` for a Unix address.
    public var port: UInt16? {
        switch storage {
        case .ipv4(_, let port), .ipv6(_, let port, _): port
        case .unix: nil
        }
    }

    /// The number of the network interface that a link-local IPv6 address belongs to; 0 for none.
    public var scope: UInt32 {
        if case .ipv6(_, _, let scope) = storage { scope } else { 0 }
    }

    /// The same host at another port; a Unix address as it is.
    public func with(port: UInt16) -> SocketAddress {
        switch storage {
        case .ipv4(let host, _): SocketAddress(.ipv4(host, port: port))
        case .ipv6(let host, _, let scope): SocketAddress(.ipv6(host, port: port, scope: scope))
        case .unix: self
        }
    }
}

// MARK: Addresses by their meaning

extension SocketAddress {
    /// This machine, reachable from this machine only: `127.0.0.1` or `::1`.
    ///
    /// - Precondition: `family` is not ``Family/unix``.
    public static func loopback(_ family: Family = .ipv4, port: UInt16) -> SocketAddress {
        switch family {
        case .ipv4: return SocketAddress(.ipv4(0x7f00_0001, port: port))
        case .ipv6: return SocketAddress(.ipv6(1, port: port, scope: 0))
        case .unix: trap("a Unix address has no port")
        }
    }

    /// Every address of this machine, to listen on: `0.0.0.0` or `::`.
    ///
    /// The latter takes IPv4 peers too, unless the socket is restricted to IPv6.
    ///
    /// - Precondition: `family` is not ``Family/unix``.
    public static func any(_ family: Family = .ipv4, port: UInt16) -> SocketAddress {
        switch family {
        case .ipv4: return SocketAddress(.ipv4(0, port: port))
        case .ipv6: return SocketAddress(.ipv6(0, port: port, scope: 0))
        case .unix: trap("a Unix address has no port")
        }
    }
}
