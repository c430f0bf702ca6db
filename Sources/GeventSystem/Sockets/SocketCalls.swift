// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// A new connection and who is at its other end.
package struct AcceptedSocket: ~Copyable, Sendable {
    /// The connection, non-blocking and closed on `exec`.
    package var descriptor: Descriptor

    /// The peer; `nil` for a family that is not one of ours.
    package let peer: SocketAddress?
}

/// How far an attempt to connect has come.
package enum ConnectProgress: Hashable, Sendable {
    /// The connection stands.
    case connected

    /// Wait until the socket is writable, then ask ``SocketOption/takeError(_:)`` how it went.
    case inProgress
}

/// System calls that make sockets and connections; none of them blocks.
///
/// They take a lent number, see ``Descriptor``.
package enum SocketCalls {
    /// Opens a socket.
    ///
    /// - Parameters:
    ///   - family: The kind of network.
    ///   - kind: How it carries bytes.
    ///   - protocol: 0 is the usual one of the two.
    /// - Returns: A socket that is neither bound nor connected.
    /// - Throws: ``SystemError`` `EMFILE` with a note that names the limit, `EAFNOSUPPORT` where the
    ///   machine does not speak the family.
    ///
    /// Call: `socket`.
    package static func open(
        _ family: SocketAddress.Family, _ kind: SocketKind, protocol: Int32 = 0
    ) throws(SystemError) -> Descriptor {
        let answer = FaultInjection.answer("socket") {
            gv_socket_open(family.number, kind.number, `protocol`)
        }
        guard answer >= 0 else {
            throw ResourceLimits.explain(SystemError(call: "socket", answer: answer))
        }
        return Descriptor(owning: Int32(answer))
    }

    /// Opens two Unix sockets that are connected to each other.
    ///
    /// Call: `socketpair`.
    package static func openPair(_ kind: SocketKind = .stream) throws(SystemError) -> SocketPair {
        var ends = (Int32(-1), Int32(-1))
        // SAFETY: a homogeneous tuple is laid out as the array that the call fills.
        try Retry.never("socketpair") {
            unsafe withUnsafeMutableBytes(of: &ends) { memory in
                unsafe gv_socket_open_pair(
                    AF_UNIX, kind.number, memory.assumingMemoryBound(to: Int32.self).baseAddress)
            }
        }
        return SocketPair(
            first: Descriptor(owning: ends.0), second: Descriptor(owning: ends.1))
    }

    /// Gives a socket its local address.
    ///
    /// - Throws: ``SystemError`` `EADDRINUSE`, `EADDRNOTAVAIL`, `EACCES`, with the address as note.
    ///
    /// Call: `bind`.
    package static func bind(_ fd: Int32, to address: SocketAddress) throws(SystemError) {
        // SAFETY: the address is lent for the call, which copies it.
        let answer = unsafe address.withBytes { bytes in
            unsafe gv_socket_bind(fd, bytes.baseAddress, socklen_t(bytes.count))
        }
        guard answer >= 0 else {
            throw SystemError(
                call: "bind", code: Int32(-answer), note: address.description)
        }
    }

    /// Begins to take connections, of which `backlog` may wait to be accepted.
    ///
    /// The kernel caps the backlog at `net.core.somaxconn`.
    ///
    /// Call: `listen`.
    package static func listen(_ fd: Int32, backlog: Int32) throws(SystemError) {
        try Retry.never("listen") { gv_socket_listen(fd, backlog) }
    }

    /// Takes the next connection that waits.
    ///
    /// - Throws: ``SystemError`` `EMFILE` with a note that names the limit, `ECONNABORTED` for a
    ///   peer that has left the queue: go on with the next one.
    ///
    /// Call: `accept4`.
    package static func accept(_ fd: Int32) throws(SystemError) -> Attempt<AcceptedSocket> {
        var raw = RawSocketAddress()
        while true {
            raw.length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            // SAFETY: the kernel writes at most the length it is given, which is the storage's.
            let answer = FaultInjection.answer("accept4") {
                unsafe gv_socket_accept(fd, &raw.storage, &raw.length)
            }
            if answer >= 0 {
                return .done(
                    AcceptedSocket(
                        descriptor: Descriptor(owning: Int32(answer)), peer: raw.address))
            }
            if answer == -Int(EAGAIN) { return .wouldBlock }
            if answer != -Int(EINTR) {
                throw ResourceLimits.explain(SystemError(call: "accept4", answer: answer))
            }
        }
    }

    /// Begins a connection, or names the peer of a datagram socket.
    ///
    /// - Throws: ``SystemError`` for what is known at once, with the address as note. `EAGAIN` is
    ///   one of them: a Unix listener whose queue is full, which cannot be waited for.
    ///
    /// Call: `connect`.
    package static func connect(
        _ fd: Int32, to address: SocketAddress
    ) throws(SystemError) -> ConnectProgress {
        // SAFETY: the address is lent for the call, which copies it.
        let answer = FaultInjection.answer("connect") {
            unsafe address.withBytes { bytes in
                unsafe gv_socket_connect(fd, bytes.baseAddress, socklen_t(bytes.count))
            }
        }
        switch Int32(-answer) {
        case 0, EISCONN: return .connected
        // An interrupted connect goes on by itself (connect(2)); a second call would say EALREADY.
        case EINPROGRESS, EALREADY, EINTR: return .inProgress
        case let code: throw SystemError(call: "connect", code: code, note: address.description)
        }
    }

    /// Ends one direction of a connection, or both, for every holder of the socket.
    ///
    /// - Throws: ``SystemError`` `ENOTCONN` when there is no connection any more.
    ///
    /// Call: `shutdown`.
    package static func shutDown(
        _ fd: Int32, _ direction: SocketDirection
    ) throws(SystemError) {
        try Retry.never("shutdown") { gv_socket_shut_down(fd, direction.number) }
    }
}

/// Two sockets that are connected to each other.
package struct SocketPair: ~Copyable, Sendable {
    /// One end.
    package var first: Descriptor

    /// The other end.
    package var second: Descriptor

    /// Takes the pair apart: hands over one end each.
    package consuming func split<First, Second>(
        _ take: (consuming Descriptor) throws -> First,
        _ takeOther: (consuming Descriptor) throws -> Second
    ) rethrows -> (First, Second) {
        let other = second
        return (try take(first), try takeOther(other))
    }
}
