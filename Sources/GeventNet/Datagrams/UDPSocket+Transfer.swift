// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

extension UDPSocket {
    /// The longest message that UDP carries over IPv4.
    public static let longestMessage = 65_507

    /// Receives the next message.
    ///
    /// > Suspends: When none has arrived; now and then also when one has, so that a flood of them
    /// > leaves others their turn.
    ///
    /// - Parameter limit: How much of it to keep.
    /// - Returns: The message.
    /// - Throws: `SystemError` (`ECONNREFUSED` if an earlier message found nobody, `EBADF` once
    ///   closed); ``SocketTimeoutError``; `ConcurrentObjectUseError` while another greenlet receives;
    ///   what strikes the greenlet.
    ///
    /// gevent: `recvfrom`.
    public func receive(upTo limit: Int = 65_536) throws -> Datagram {
        try socket.takeReading()
        defer { socket.giveReading() }
        // Room is made for each try, so that thousands that wait have none of their own.
        let (bytes, facts) = try socket.attempt(.read, "recvfrom", "receive", Limit(timeout)) {
            try Transfer.receiveDatagram($0, upTo: limit)
        }
        return Datagram(
            bytes: bytes, sender: facts.sender, isTruncated: facts.byteCount > bytes.count)
    }

    /// Receives the next message into memory of the caller.
    ///
    /// > Suspends: When none has arrived; now and then also when one has.
    ///
    /// - Parameter room: Where the bytes go, from its beginning.
    /// - Returns: How long the message is, which is more than the room if its end is lost; and who
    ///   sent it.
    /// - Throws: What ``receive(upTo:)`` throws.
    ///
    /// gevent: `recvfrom_into`.
    public func receive(
        into room: inout MutableRawSpan
    ) throws -> (byteCount: Int, sender: SocketAddress?) {
        try socket.takeReading()
        defer { socket.giveReading() }
        let limit = Limit(timeout)
        while true {
            try socket.shareTime()
            let number = try socket.number(for: "recvfrom")
            _ = socket.watch.take(.read)
            if case .done(let message) = try Transfer.receiveDatagram(number, into: &room) {
                return (message.byteCount, message.sender)
            }
            try socket.wait(for: .read, "receive", limit)
        }
    }

    /// Sends a message.
    ///
    /// > Suspends: When the system has no room for it; now and then also when it has.
    ///
    /// - Parameters:
    ///   - bytes: All of the message; it may be empty.
    ///   - address: To whom; `nil` is the peer that ``connect(to:)`` has named.
    /// - Throws: `SystemError` (`EMSGSIZE` for one that is too long, `EDESTADDRREQ` without an
    ///   address, `ECONNREFUSED` if an earlier message found nobody, `ENETUNREACH`, `EBADF` once
    ///   closed); ``SocketTimeoutError``; `ConcurrentObjectUseError` while another greenlet sends;
    ///   what strikes the greenlet.
    ///
    /// gevent: `sendto`, `send`.
    public func send(_ bytes: [UInt8], to address: SocketAddress? = nil) throws {
        try socket.takeWriting()
        defer { socket.giveWriting() }
        _ = try socket.attempt(.write, "sendto", "send", Limit(timeout)) { number in
            // SAFETY: bytes have no padding that could be uninitialised.
            try Transfer.sendDatagram(number, unsafe bytes.span.bytes, to: address)
        }
    }

    /// Sends a message in UTF-8.
    ///
    /// > Suspends: When the system has no room for it; now and then also when it has.
    ///
    /// - Parameters:
    ///   - text: All of the message.
    ///   - address: To whom; `nil` is the peer that ``connect(to:)`` has named.
    /// - Throws: What the other form of `send` throws.
    public func send(_ text: String, to address: SocketAddress? = nil) throws {
        try send(Array(text.utf8), to: address)
    }
}
