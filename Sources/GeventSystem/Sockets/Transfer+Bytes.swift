// SPDX-License-Identifier: Apache-2.0

internal import CGeventSystem

extension Transfer {
    /// Takes what has arrived at a socket, in memory made for it.
    ///
    /// - Parameters:
    ///   - fd: A connected socket.
    ///   - limit: The most bytes to take.
    /// - Returns: The bytes, in no more than twice the memory they need; none at the end of the
    ///   stream.
    /// - Throws: ``SystemError`` `ECONNRESET` and its like.
    ///
    /// Call: `recv`.
    package static func receive(
        _ fd: Int32, upTo limit: Int
    ) throws(SystemError) -> Attempt<[UInt8]> {
        var outcome: Result<Attempt<Int>, SystemError> = .success(.wouldBlock)
        // SAFETY: the kernel writes into the array's room only, and says how much of it.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { room, count in
            let start = room.baseAddress
            do throws(SystemError) {
                let attempt = try Retry.unlessBlocked("recv") {
                    unsafe gv_socket_receive(fd, start, FaultInjection.allowed("recv", limit), 0)
                }
                if case .done(let received) = attempt { count = received }
                outcome = .success(attempt)
            } catch {
                outcome = .failure(error)
            }
        }
        guard case .done(let count) = try outcome.get() else { return .wouldBlock }
        return .done(count < limit / 2 ? Array(bytes[...]) : bytes)
    }
}
