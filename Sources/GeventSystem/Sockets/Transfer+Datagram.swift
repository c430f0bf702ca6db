// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// A datagram that has arrived.
package struct ReceivedDatagram: Equatable, Sendable {
    /// How many bytes it has; more than the room means that the rest is lost.
    package let byteCount: Int

    /// Who sent it; `nil` for a sender without an address.
    package let sender: SocketAddress?
}

extension Transfer {
    /// Takes the next datagram.
    ///
    /// - Returns: Its true length, so that a cut one is seen, and its sender.
    /// - Throws: ``SystemError`` `ECONNREFUSED` when an earlier one could not be delivered.
    ///
    /// Call: `recvfrom` with `MSG_TRUNC`.
    package static func receiveDatagram(
        _ fd: Int32, into room: inout MutableRawSpan
    ) throws(SystemError) -> Attempt<ReceivedDatagram> {
        var raw = RawSocketAddress()
        // SAFETY: the kernel writes into the span and the address only, both lent for the call.
        let attempt = try unsafe room.withUnsafeMutableBytes { (bytes) throws(SystemError) in
            try Retry.unlessBlocked("recvfrom") {
                unsafe gv_socket_receive_from(
                    fd, bytes.baseAddress, bytes.count, Int32(MSG_TRUNC), &raw.storage,
                    &raw.length)
            }
        }
        guard case .done(let count) = attempt else { return .wouldBlock }
        return .done(ReceivedDatagram(byteCount: count, sender: raw.address))
    }

    /// Takes the next datagram, in memory made for it.
    ///
    /// - Returns: The bytes that fit, and what is known of the datagram.
    /// - Throws: ``SystemError`` `ECONNREFUSED` when an earlier one could not be delivered.
    ///
    /// Call: `recvfrom` with `MSG_TRUNC`.
    package static func receiveDatagram(
        _ fd: Int32, upTo limit: Int
    ) throws(SystemError) -> Attempt<(bytes: [UInt8], ReceivedDatagram)> {
        var raw = RawSocketAddress()
        var outcome: Result<Attempt<Int>, SystemError> = .success(.wouldBlock)
        // SAFETY: the kernel writes into the array's room and the address only, and says how much.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { room, count in
            let start = room.baseAddress
            do throws(SystemError) {
                let attempt = try Retry.unlessBlocked("recvfrom") {
                    unsafe gv_socket_receive_from(
                        fd, start, limit, Int32(MSG_TRUNC), &raw.storage, &raw.length)
                }
                if case .done(let length) = attempt { count = min(length, limit) }
                outcome = .success(attempt)
            } catch {
                outcome = .failure(error)
            }
        }
        guard case .done(let length) = try outcome.get() else { return .wouldBlock }
        let kept = length < limit / 2 ? Array(bytes[...]) : bytes
        return .done((kept, ReceivedDatagram(byteCount: length, sender: raw.address)))
    }

    /// Sends one datagram.
    ///
    /// - Parameters:
    ///   - fd: A datagram socket.
    ///   - bytes: All of the datagram; it may be empty.
    ///   - address: `nil` sends to the peer that the socket is connected to.
    /// - Returns: How many bytes were taken, which is all of them.
    /// - Throws: ``SystemError`` `EMSGSIZE` for one that is too long, `ECONNREFUSED` when an earlier
    ///   one could not be delivered.
    ///
    /// Call: `sendto` with `MSG_NOSIGNAL`.
    package static func sendDatagram(
        _ fd: Int32, _ bytes: borrowing RawSpan, to address: SocketAddress?
    ) throws(SystemError) -> Attempt<Int> {
        guard let address else { return try send(fd, bytes) }
        var raw = RawSocketAddress(address)
        // SAFETY: the kernel reads the span and the address only, both lent for the call.
        return try unsafe bytes.withUnsafeBytes { (bytes) throws(SystemError) in
            try Retry.unlessBlocked("sendto") {
                unsafe gv_socket_send_to(
                    fd, bytes.baseAddress, bytes.count, 0, &raw.storage, raw.length)
            }
        }
    }
}
