// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
public import GeventSystem

extension SocketStream {
    /// The limit for each operation; `nil`, as in the beginning, waits for ever.
    ///
    /// An operation is a call of yours: a line, or a block of bytes, has to come or go within the
    /// limit as a whole. After a ``SocketTimeoutError`` the stream may have been left in the middle
    /// of something; close it.
    ///
    /// gevent: `settimeout`.
    public final var timeout: Duration? {
        get { socket.timeout }
        set { socket.timeout = newValue }
    }

    /// Whether it has been closed on this side.
    public final var isClosed: Bool { !socket.isOpen }

    /// The address at this end; `nil` once closed.
    ///
    /// gevent: `getsockname`.
    public final var localAddress: SocketAddress? { socket.localAddress }

    /// Room for bytes that have arrived and were not read; `nil` on a closed stream.
    ///
    /// The kernel doubles what it is given, for its own records, and caps it at
    /// `net.core.rmem_max`.
    ///
    /// gevent: `SO_RCVBUF`.
    public final var receiveBufferSize: Int? {
        get { socket.option(.receiveBuffer) }
        set { socket.setOption(.receiveBuffer, newValue) }
    }

    /// Room for bytes that were written and are not delivered yet; `nil` on a closed stream.
    ///
    /// The kernel doubles what it is given, for its own records, and caps it at
    /// `net.core.wmem_max`.
    ///
    /// gevent: `SO_SNDBUF`.
    public final var sendBufferSize: Int? {
        get { socket.option(.sendBuffer) }
        set { socket.setOption(.sendBuffer, newValue) }
    }

    /// Lends the number of the descriptor, for options and calls that have no name here.
    ///
    /// It must not be closed, made blocking, or kept over a wait.
    ///
    /// - Throws: `SystemError` `EBADF` once closed; `InvalidThreadUseError` on another hub; what
    ///   `body` throws.
    ///
    /// gevent: `fileno`.
    public final func withDescriptor<Result>(_ body: (Int32) throws -> Result) throws -> Result {
        try body(socket.number(for: "fileno"))
    }
}
