// SPDX-License-Identifier: Apache-2.0

/// Moves bytes from one stream to another until the first one ends.
///
/// Neither is closed, and the end is not passed on: call ``ByteStream/shutdownWrite()`` for that.
///
/// ```swift
/// // Both ways, as a proxy does it.
/// let back = spawn { try copy(from: server, to: client); try client.shutdownWrite() }
/// try copy(from: client, to: server)
/// try server.shutdownWrite()
/// try back.get()
/// ```
///
/// > Suspends: When nothing has arrived, and when there is no room for what has.
///
/// - Parameters:
///   - source: What is read to its end.
///   - destination: What is written to.
/// - Returns: How many bytes were moved.
/// - Throws: What either stream throws; what was read and not written is lost then.
///
/// gevent: `shutil.copyfileobj` over `makefile`.
@discardableResult
public func copy(
    from source: some ByteStream, to destination: some ByteStream
) throws -> Int {
    var moved = 0
    while true {
        let bytes = try source.read(upTo: 65_536)
        if bytes.isEmpty { return moved }
        try destination.write(bytes)
        moved += bytes.count
    }
}
