// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

extension UDPSocket {
    /// Whether messages to everybody on the network may be sent.
    ///
    /// False in the beginning: such a message gets `EACCES`.
    ///
    /// gevent: `SO_BROADCAST`.
    public var allowsBroadcast: Bool {
        get { socket.option(.broadcast) == 1 }
        set { socket.setOption(.broadcast, newValue ? 1 : 0) }
    }

    /// Room for messages that have arrived and were not received; those beyond are lost.
    ///
    /// The kernel doubles what it is given, for its own records, and caps it at `net.core.rmem_max`.
    ///
    /// gevent: `SO_RCVBUF`.
    public var receiveBufferSize: Int? {
        get { socket.option(.receiveBuffer) }
        set { socket.setOption(.receiveBuffer, newValue) }
    }

    /// Room for messages that wait to be sent; `nil` once closed.
    ///
    /// gevent: `SO_SNDBUF`.
    public var sendBufferSize: Int? {
        get { socket.option(.sendBuffer) }
        set { socket.setOption(.sendBuffer, newValue) }
    }

    /// Receives what is sent to a group too.
    ///
    /// - Parameters:
    ///   - group: An IPv4 or IPv6 multicast address, of the socket's own family.
    ///   - interface: The number of the network interface; 0 lets the system choose.
    /// - Throws: `SystemError` (`EINVAL` for an address that is no group, `ENODEV`, `EADDRINUSE` for a
    ///   group that it is in already).
    ///
    /// gevent: `IP_ADD_MEMBERSHIP`, `IPV6_JOIN_GROUP`.
    public func join(group: SocketAddress, interface: UInt32 = 0) throws {
        try Multicast.join(socket.number(for: "setsockopt"), group: group, interface: interface)
    }

    /// Receives no longer what is sent to a group.
    ///
    /// - Throws: `SystemError` `EADDRNOTAVAIL` for a group that it is not in.
    ///
    /// gevent: `IP_DROP_MEMBERSHIP`, `IPV6_LEAVE_GROUP`.
    public func leave(group: SocketAddress, interface: UInt32 = 0) throws {
        try Multicast.leave(socket.number(for: "setsockopt"), group: group, interface: interface)
    }

    /// Lends the number of the descriptor, for options and calls that have no name here.
    ///
    /// It must not be closed, made blocking, or kept over a wait.
    ///
    /// - Throws: `SystemError` `EBADF` once closed; `InvalidThreadUseError` on another hub; what
    ///   `body` throws.
    ///
    /// gevent: `fileno`.
    public func withDescriptor<Result>(_ body: (Int32) throws -> Result) throws -> Result {
        try body(socket.number(for: "fileno"))
    }
}
