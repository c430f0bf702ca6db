// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// Memory that the reads of one thread share, since nobody knows before a read how much will come.
///
/// What has come is copied into memory of its own size: for a message of a few bytes that is less
/// work than a list that is too long and has to be made again.
@safe
package final class ReceiveRoom {
    /// How many bytes fit.
    package static let byteCount = 16_384

    private let memory: UnsafeMutableRawPointer

    /// Makes the room; the system gives the memory once it is used.
    package init() {
        unsafe memory = .allocate(byteCount: Self.byteCount, alignment: 64)
    }

    deinit {
        // SAFETY: nobody else has the pointer.
        unsafe memory.deallocate()
    }

    /// Takes what has arrived at a socket.
    ///
    /// - Parameters:
    ///   - fd: A connected socket.
    ///   - limit: The most bytes to take; no more than fit are.
    /// - Returns: The bytes; none at the end of the stream.
    /// - Throws: ``SystemError`` `ECONNRESET` and its like.
    ///
    /// Call: `recv`.
    package func receive(
        _ fd: Int32, upTo limit: Int
    ) throws(SystemError) -> Attempt<[UInt8]> {
        let most = min(limit, Self.byteCount)
        let attempt = try Retry.unlessBlocked("recv") {
            // SAFETY: the kernel writes into the room only.
            unsafe gv_socket_receive(fd, memory, FaultInjection.allowed("recv", most), 0)
        }
        guard case .done(let count) = attempt else { return .wouldBlock }
        return .done(bytes(count))
    }

    /// Lends the room to whoever fills it, from its beginning.
    ///
    /// - Parameters:
    ///   - limit: The most bytes to lend; no more than there are.
    ///   - body: Returns how many it has filled. It must neither wait nor keep the room.
    /// - Returns: What was filled.
    /// - Throws: What `body` throws.
    package func fill(
        upTo limit: Int, _ body: (UnsafeMutableRawBufferPointer) throws -> Int
    ) rethrows -> [UInt8] {
        let lent = unsafe UnsafeMutableRawBufferPointer(
            start: memory, count: min(limit, Self.byteCount))
        return bytes(unsafe try body(lent))
    }

    @inline(__always)
    private func bytes(_ count: Int) -> [UInt8] {
        if count == 0 { return [] }
        // SAFETY: so many bytes have been written, which fit.
        return unsafe [UInt8](UnsafeRawBufferPointer(start: memory, count: count))
    }
}
