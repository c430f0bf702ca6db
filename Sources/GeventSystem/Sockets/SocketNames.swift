// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

extension RawSocketAddress {
    /// What the kernel wrote; `nil` for a family that is not one of ours.
    var address: SocketAddress? {
        mutating get {
            // The kernel's length is the address's, which may be more than there was room for.
            let count = min(Int(length), MemoryLayout<sockaddr_storage>.size)
            // SAFETY: the storage is a local's and lent for the body; `count` lies within it.
            return unsafe withUnsafeBytes(of: &storage) { bytes in
                unsafe SocketAddress(bytes: UnsafeRawBufferPointer(rebasing: bytes.prefix(count)))
            }
        }
    }
}

extension SocketCalls {
    /// The address that a socket is bound to, with the port that the kernel chose.
    ///
    /// - Returns: `nil` for a family that is not one of ours.
    /// - Throws: ``SystemError`` `EBADF` or `ENOTSOCK`.
    ///
    /// Call: `getsockname`.
    package static func localAddress(_ fd: Int32) throws(SystemError) -> SocketAddress? {
        var raw = RawSocketAddress()
        // SAFETY: the kernel writes at most the length it is given, which is the storage's.
        try Retry.never("getsockname") {
            unsafe gv_socket_local_address(fd, &raw.storage, &raw.length)
        }
        return raw.address
    }

    /// The address of the other end.
    ///
    /// - Returns: `nil` for a family that is not one of ours.
    /// - Throws: ``SystemError`` `ENOTCONN` when there is no connection any more.
    ///
    /// Call: `getpeername`.
    package static func peerAddress(_ fd: Int32) throws(SystemError) -> SocketAddress? {
        var raw = RawSocketAddress()
        // SAFETY: the kernel writes at most the length it is given, which is the storage's.
        try Retry.never("getpeername") {
            unsafe gv_socket_peer_address(fd, &raw.storage, &raw.length)
        }
        return raw.address
    }
}
