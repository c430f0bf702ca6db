// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

extension SocketStream {
    // The most that one call moves, so that a fast peer leaves others their turn.
    private static var fileChunk: Int { 1 << 20 }

    /// Sends a part of a file, which goes from the system's cache to the socket without coming here.
    ///
    /// What is not in the cache is read from the disk meanwhile, which holds up the hub.
    ///
    /// > Suspends: When there is no room for all of it; now and then also when there is.
    ///
    /// - Parameters:
    ///   - path: A regular file.
    ///   - offset: Where in the file to begin.
    ///   - count: How many bytes; `nil` is all to the end of the file.
    /// - Returns: How many bytes were sent, which are fewer if the file ends before.
    /// - Throws: `SystemError`: `ENOENT`, `EACCES` and their like for the file, and what `write`
    ///   throws.
    ///
    /// gevent: `sendfile`.
    @discardableResult
    public final func sendFile(
        _ path: String, from offset: Int = 0, count: Int? = nil
    ) throws -> Int {
        let file = try Descriptor(opening: path)
        return try sendFile(descriptor: file.number, from: offset, count: count)
    }

    /// Sends a part of an open file, as ``sendFile(_:from:count:)``.
    ///
    /// > Suspends: When there is no room for all of it; now and then also when there is.
    ///
    /// - Parameters:
    ///   - file: The number of an open regular file, which stays the caller's; its own position is
    ///     not used.
    ///   - offset: Where in the file to begin.
    ///   - count: How many bytes; `nil` is all to the end of the file.
    /// - Returns: How many bytes were sent.
    /// - Throws: `SystemError` `EINVAL` for what is no regular file, and what `write` throws.
    /// - Precondition: `offset` and `count` are not negative.
    ///
    /// gevent: `sendfile`.
    @discardableResult
    public final func sendFile(
        descriptor file: Int32, from offset: Int = 0, count: Int? = nil
    ) throws -> Int {
        require(offset >= 0 && (count ?? 0) >= 0, "a part of a file has no negative bounds")
        try socket.takeWriting()
        defer { socket.giveWriting() }
        let limit = Limit(timeout)
        var place = Int64(offset)
        var left = count ?? .max
        while left > 0 {
            let moved = try socket.attempt(.write, "sendfile", "write", limit) { number in
                try Transfer.sendFile(
                    number, from: file, at: &place, byteCount: min(left, Self.fileChunk))
            }
            if moved == 0 { break }
            left -= moved
        }
        return Int(place) - offset
    }
}
