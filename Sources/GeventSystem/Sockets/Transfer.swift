// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// System calls that move bytes; none of them blocks on a descriptor of ours.
///
/// They take a lent number, see ``Descriptor``. Moving no bytes into room for some means the end.
package enum Transfer {
    /// Takes what has arrived at a socket.
    ///
    /// - Returns: How many bytes; 0 at the end of the stream, or for an empty datagram.
    /// - Throws: ``SystemError`` `ECONNRESET` and its like.
    ///
    /// Call: `recv`.
    package static func receive(
        _ fd: Int32, into room: inout MutableRawSpan
    ) throws(SystemError) -> Attempt<Int> {
        // SAFETY: the kernel writes into the span only, which is lent for the call.
        try unsafe room.withUnsafeMutableBytes { (bytes) throws(SystemError) in
            try Retry.unlessBlocked("recv") {
                unsafe gv_socket_receive(
                    fd, bytes.baseAddress, FaultInjection.allowed("recv", bytes.count), 0)
            }
        }
    }

    /// Looks at what has arrived at a socket and leaves it there.
    ///
    /// - Returns: How many bytes; 0 at the end of the stream.
    /// - Throws: ``SystemError`` `ECONNRESET` and its like.
    ///
    /// Call: `recv` with `MSG_PEEK`.
    package static func peek(
        _ fd: Int32, into room: inout MutableRawSpan
    ) throws(SystemError) -> Attempt<Int> {
        // SAFETY: the kernel writes into the span only, which is lent for the call.
        try unsafe room.withUnsafeMutableBytes { (bytes) throws(SystemError) in
            try Retry.unlessBlocked("recv") {
                unsafe gv_socket_receive(
                    fd, bytes.baseAddress, bytes.count, Int32(MSG_PEEK))
            }
        }
    }

    /// Hands bytes to a socket.
    ///
    /// A peer that has gone is an error here and no `SIGPIPE`.
    ///
    /// - Returns: How many bytes were taken, which may be fewer than given.
    /// - Throws: ``SystemError`` `EPIPE`, `ECONNRESET` and their like.
    ///
    /// Call: `send` with `MSG_NOSIGNAL`.
    package static func send(
        _ fd: Int32, _ bytes: borrowing RawSpan
    ) throws(SystemError) -> Attempt<Int> {
        // SAFETY: the kernel reads the span only, which is lent for the call.
        try unsafe bytes.withUnsafeBytes { (bytes) throws(SystemError) in
            try Retry.unlessBlocked("send") {
                unsafe gv_socket_send(
                    fd, bytes.baseAddress, FaultInjection.allowed("send", bytes.count), 0)
            }
        }
    }

    /// Reads from a pipe, a file or anything that is no socket.
    ///
    /// - Returns: How many bytes; 0 at the end.
    /// - Throws: ``SystemError`` `EIO`, `EISDIR` and their like.
    ///
    /// Call: `read`.
    package static func read(
        _ fd: Int32, into room: inout MutableRawSpan
    ) throws(SystemError) -> Attempt<Int> {
        // SAFETY: the kernel writes into the span only, which is lent for the call.
        try unsafe room.withUnsafeMutableBytes { (bytes) throws(SystemError) in
            try Retry.unlessBlocked("read") {
                unsafe gv_descriptor_read(
                    fd, bytes.baseAddress, FaultInjection.allowed("read", bytes.count))
            }
        }
    }

    /// Writes to a pipe, a file or anything that is no socket.
    ///
    /// A pipe without readers raises `SIGPIPE`, which this call cannot prevent: the process ignores
    /// it or dies.
    ///
    /// - Returns: How many bytes were taken, which may be fewer than given.
    /// - Throws: ``SystemError`` `EPIPE`, `ENOSPC` and their like.
    ///
    /// Call: `write`.
    package static func write(
        _ fd: Int32, _ bytes: borrowing RawSpan
    ) throws(SystemError) -> Attempt<Int> {
        // SAFETY: the kernel reads the span only, which is lent for the call.
        try unsafe bytes.withUnsafeBytes { (bytes) throws(SystemError) in
            try Retry.unlessBlocked("write") {
                unsafe gv_descriptor_write(
                    fd, bytes.baseAddress, FaultInjection.allowed("write", bytes.count))
            }
        }
    }
}
