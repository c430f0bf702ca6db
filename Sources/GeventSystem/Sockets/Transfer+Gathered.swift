// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

extension Transfer {
    /// How many pieces one call takes; the rest is for the next one.
    package static let gatherLimit = 64

    /// Hands several pieces of memory to a socket, one behind the other, in one call.
    ///
    /// The first ``gatherLimit`` pieces are offered. The caller keeps their memory alive during the
    /// call.
    ///
    /// - Parameters:
    ///   - fd: A socket.
    ///   - pieces: In the order in which the peer shall read them.
    /// - Returns: How many bytes were taken, which may be fewer than offered.
    /// - Throws: ``SystemError`` `EPIPE`, `ECONNRESET` and their like.
    ///
    /// Call: `sendmsg` with `MSG_NOSIGNAL`.
    @unsafe
    package static func sendGathered(
        _ fd: Int32, _ pieces: UnsafeBufferPointer<UnsafeRawBufferPointer>
    ) throws(SystemError) -> Attempt<Int> {
        let count = min(pieces.count, gatherLimit)
        // SAFETY: `count` vectors are filled before the kernel reads as many.
        return try unsafe withUnsafeTemporaryAllocation(of: iovec.self, capacity: gatherLimit) {
            (vectors) throws(SystemError) in
            for index in 0..<count {
                let piece = unsafe pieces[index]
                unsafe vectors.initializeElement(
                    at: index,
                    to: iovec(
                        iov_base: UnsafeMutableRawPointer(mutating: piece.baseAddress),
                        iov_len: piece.count))
            }
            return try Retry.unlessBlocked("sendmsg") {
                unsafe gv_socket_send_gathered(fd, vectors.baseAddress, count)
            }
        }
    }

    /// Hands several arrays to a socket, one behind the other, in one call.
    ///
    /// - Parameters:
    ///   - fd: A socket.
    ///   - pieces: In the order in which the peer shall read them; the first ``gatherLimit`` are
    ///     offered.
    ///   - offset: How many bytes of the first piece to leave out.
    /// - Returns: How many bytes were taken, which may be fewer than offered.
    /// - Throws: ``SystemError`` `EPIPE`, `ECONNRESET` and their like.
    ///
    /// Call: `sendmsg` with `MSG_NOSIGNAL`.
    package static func sendGathered(
        _ fd: Int32, _ pieces: ArraySlice<[UInt8]>, droppingFirst offset: Int
    ) throws(SystemError) -> Attempt<Int> {
        var outcome: Result<Attempt<Int>, SystemError> = .success(.wouldBlock)
        // SAFETY: `lend` calls this while the memory of every piece is lent.
        unsafe lend(pieces.prefix(gatherLimit), droppingFirst: offset, []) { lent in
            do throws(SystemError) {
                outcome = .success(
                    try unsafe lent.withUnsafeBufferPointer { (lent) throws(SystemError) in
                        try unsafe sendGathered(fd, lent)
                    })
            } catch {
                outcome = .failure(error)
            }
        }
        return try outcome.get()
    }

    // One call deeper for each piece, so that all are lent at once.
    private static func lend(
        _ pieces: ArraySlice<[UInt8]>, droppingFirst offset: Int, _ lent: [UnsafeRawBufferPointer],
        _ body: ([UnsafeRawBufferPointer]) -> Void
    ) {
        guard let piece = pieces.first else { return unsafe body(lent) }
        unsafe piece.withUnsafeBytes { bytes in
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes.dropFirst(offset))
            unsafe lend(pieces.dropFirst(), droppingFirst: 0, lent + [rest], body)
        }
    }

    /// Sends a part of a file without copying it through this process.
    ///
    /// - Parameters:
    ///   - fd: A socket.
    ///   - file: A file that can be mapped.
    ///   - offset: Where in the file to begin; moved on by what was sent.
    ///   - byteCount: How many bytes at most.
    /// - Returns: How many bytes were taken; 0 at the end of the file.
    /// - Throws: ``SystemError`` `EINVAL` for a file that cannot be mapped: copy by hand then.
    ///
    /// Call: `sendfile`.
    package static func sendFile(
        _ fd: Int32, from file: Int32, at offset: inout Int64, byteCount: Int
    ) throws(SystemError) -> Attempt<Int> {
        var place = off_t(offset)
        // SAFETY: the kernel reads and writes one local.
        let attempt = try Retry.unlessBlocked("sendfile") {
            unsafe gv_descriptor_send_file(fd, file, &place, byteCount)
        }
        offset = Int64(place)
        return attempt
    }
}
