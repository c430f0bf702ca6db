// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

/// Open descriptors that travel over Unix sockets.
package enum Rights {
    /// Sends bytes, and copies of descriptors with the first of them.
    ///
    /// - Parameters:
    ///   - fd: A Unix socket.
    ///   - bytes: At least one.
    ///   - descriptors: Open ones.
    /// - Returns: How many bytes were taken; with at least one, all of the descriptors.
    /// - Throws: ``SystemError`` `EBADF` for a closed one, `EINVAL` for more than 253,
    ///   `ETOOMANYREFS` when too many are under way.
    ///
    /// Call: `sendmsg` with `SCM_RIGHTS`.
    package static func send(
        _ fd: Int32, _ bytes: [UInt8], _ descriptors: [Int32]
    ) throws(SystemError) -> Attempt<Int> {
        try Retry.unlessBlocked("sendmsg") {
            // SAFETY: both arrays are lent for the call, which reads their counts of elements.
            unsafe gv_rights_send(fd, bytes, bytes.count, descriptors, descriptors.count)
        }
    }

    /// Takes what has arrived, with the descriptors that came along.
    ///
    /// - Parameters:
    ///   - fd: A Unix socket.
    ///   - limit: The most bytes to take.
    ///   - most: The most descriptors to take; those beyond are closed.
    /// - Returns: The bytes, none at the end of the stream, and the descriptors.
    /// - Throws: ``SystemError`` `ECONNRESET` and its like.
    ///
    /// Call: `recvmsg` with `SCM_RIGHTS`.
    package static func receive(
        _ fd: Int32, upTo limit: Int, most: Int
    ) throws(SystemError) -> Attempt<(bytes: [UInt8], descriptors: [OwnedDescriptor])> {
        var bytes = [UInt8](repeating: 0, count: limit)
        var numbers = [Int32](repeating: -1, count: max(0, min(most, Int(GV_RIGHTS_MAX))))
        var came = numbers.count
        let attempt = try Retry.unlessBlocked("recvmsg") {
            // SAFETY: the call writes at most the counts that it is given into the two arrays.
            unsafe gv_rights_receive(fd, &bytes, limit, &numbers, &came)
        }
        guard case .done(let count) = attempt else { return .wouldBlock }
        bytes.removeSubrange(count...)
        return .done((bytes, numbers[..<came].map { OwnedDescriptor(owning: $0) }))
    }
}
