// SPDX-License-Identifier: Apache-2.0
public import GeventNet
internal import GeventSystem

/// One end of a stream that goes through memory and no kernel.
///
/// ```swift
/// let (client, server) = MemoryStream.pair()
/// let greeting = spawn { try server.readLine(limit: 100) }
/// try client.write("hello\n")
/// ```
///
/// In **lockstep** a write returns only when the reader has taken all of it, and a read takes no more
/// than it was asked for: what works so does not lean on buffers that happen to be there.
///
/// It belongs to the hub that made it.
///
/// gevent: none; trio's `memory_stream_pair` and `lockstep_stream_pair`.
public class MemoryStream: ByteStream {
    let incoming: MemoryPipe
    let outgoing: MemoryPipe
    /// What was read ahead.
    package final var buffer = ReadBuffer()

    /// The limit for each operation; `nil`, as in the beginning, waits for ever.
    public final var timeout: Duration?

    /// Whether this end has been closed.
    public private(set) final var isClosed = false

    init(_ incoming: MemoryPipe, _ outgoing: MemoryPipe) {
        self.incoming = incoming
        self.outgoing = outgoing
    }

    /// Two ends of a stream.
    ///
    /// - Parameter capacity: How many bytes each way has room for; a writer of more waits.
    /// - Returns: The ends, connected.
    /// - Precondition: `capacity` is at least 1; a stream without room is a ``lockstepPair()``.
    ///
    /// gevent: `socket.socketpair`; trio's `memory_stream_pair`.
    public static func pair(capacity: Int = 65_536) -> (MemoryStream, MemoryStream) {
        require(capacity > 0, "a stream without room for a byte is a lockstepPair")
        return ends(capacity)
    }

    /// Two ends of a stream without any room: each write waits until all of it has been read.
    ///
    /// A writer that is struck meanwhile takes back what nobody has read.
    ///
    /// - Returns: The ends, connected.
    ///
    /// gevent: none; trio's `lockstep_stream_pair`.
    public static func lockstepPair() -> (MemoryStream, MemoryStream) { ends(nil) }

    private static func ends(_ capacity: Int?) -> (MemoryStream, MemoryStream) {
        let (there, back) = (MemoryPipe(capacity: capacity), MemoryPipe(capacity: capacity))
        return (MemoryStream(back, there), MemoryStream(there, back))
    }

    /// Writes all of `bytes`.
    ///
    /// > Suspends: When there is no room for all of them; in lockstep when there are any.
    ///
    /// - Throws: `SystemError` (`EPIPE` where nobody will read, `ECONNRESET`, `EBADF` once closed);
    ///   `SocketTimeoutError`; `ConcurrentObjectUseError` while another greenlet writes; what strikes
    ///   the greenlet.
    public final func write(_ bytes: RawSpan) throws {
        var copy = [UInt8](repeating: 0, count: bytes.byteCount)
        for offset in copy.indices {
            // SAFETY: every value of a byte is one of UInt8; the offset lies within the span.
            copy[offset] = unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
        }
        try outgoing.write(copy, timeout)
    }

    /// Says that nothing more will be written: the other end reads the end of the stream.
    public final func shutdownWrite() throws { outgoing.end() }

    /// Closes both ways, the way there behind what was written; does nothing the second time.
    ///
    /// Greenlets that wait for this end get `SystemError` `EBADF`; who writes at the other, `EPIPE`.
    public final func close() {
        if isClosed { return }
        isClosed = true
        incoming.closeReader()
        outgoing.closeWriter()
        buffer.clear()
    }

    /// Cuts the connection: both ends get `SystemError` `ECONNRESET`, in what waits and from then on.
    ///
    /// What has arrived can still be read.
    public func reset() {
        for pipe in [incoming, outgoing] {
            pipe.resetReader()
            pipe.resetWriter()
        }
    }
}
