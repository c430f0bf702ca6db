// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

extension UnixStream {
    /// Sends bytes, and with the first of them open descriptors, of which the peer gets copies.
    ///
    /// > Suspends: When there is no room for all of the bytes.
    ///
    /// - Parameters:
    ///   - bytes: At least one.
    ///   - descriptors: At most 253 numbers, which stay the caller's to close.
    /// - Throws: What `write` throws; `SystemError` `EBADF` for a number that is not open, `EINVAL`
    ///   for too many.
    /// - Precondition: There is a byte for them to travel with.
    ///
    /// gevent: `socket.send_fds`.
    public func send(_ bytes: [UInt8], descriptors: [Int32]) throws {
        require(!bytes.isEmpty, "descriptors travel with at least one byte")
        try socket.takeWriting()
        let limit = Limit(timeout)
        let sent: Int
        do {
            defer { socket.giveWriting() }
            sent = try socket.attempt(.write, "sendmsg", "write", limit) { number in
                try Rights.send(number, bytes, descriptors)
            }
        }
        if sent < bytes.count { try write(bytes[sent...]) }
    }

    /// Receives bytes, and the descriptors that came with them.
    ///
    /// A read that does not ask for descriptors makes the system close those that come with it.
    ///
    /// > Suspends: When nothing has arrived.
    ///
    /// - Parameters:
    ///   - limit: The most bytes to return.
    ///   - most: How many descriptors to take; the system closes those above it.
    /// - Returns: At least one byte, none at the end of the stream; and the descriptors, closed on
    ///   `exec`, which close when they are let go of.
    /// - Throws: What `read` throws.
    /// - Precondition: Nothing was read ahead by other reads of this stream.
    ///
    /// gevent: `socket.recv_fds`.
    public func receiveDescriptors(
        upTo limit: Int = 65_536, most: Int = 16
    ) throws -> (bytes: [UInt8], descriptors: [OwnedDescriptor]) {
        require(limit > 0, "a read of no bytes cannot be told from the end of the stream")
        require(buffer.isEmpty, "descriptors went with bytes that were read ahead")
        try socket.takeReading()
        defer { socket.giveReading() }
        return try socket.attempt(.read, "recvmsg", "read", Limit(timeout)) { number in
            try Rights.receive(number, upTo: limit, most: most)
        }
    }
}
