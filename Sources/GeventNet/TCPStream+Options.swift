// SPDX-License-Identifier: Apache-2.0
public import GeventSystem

extension TCPStream {
    /// The limit for each operation; `nil`, as in the beginning, waits for ever.
    ///
    /// An operation is a call of yours: a line, or a block of bytes, has to come or go within the
    /// limit as a whole. After a ``SocketTimeoutError`` the stream may have been left in the middle
    /// of something; close it.
    ///
    /// gevent: `settimeout`.
    public var timeout: Duration? {
        get { socket.timeout }
        set { socket.timeout = newValue }
    }

    /// Whether it has been closed on this side.
    public var isClosed: Bool { !socket.isOpen }

    /// The address at this end; `nil` once closed.
    ///
    /// gevent: `getsockname`.
    public var localAddress: SocketAddress? {
        guard let number = try? socket.number(for: "getsockname") else { return nil }
        return try? SocketCalls.localAddress(number)
    }

    /// Whether small pieces are sent at once, instead of being gathered while others are under way.
    ///
    /// False in the beginning. Set it where short messages are answered by short messages. Setting
    /// it on a closed stream does nothing.
    ///
    /// gevent: `TCP_NODELAY`.
    public var noDelay: Bool {
        get { option(.noDelay) == 1 }
        set {
            guard let number = try? socket.number(for: "setsockopt") else { return }
            // On an open TCP socket the call has nothing to fail for.
            try? SocketOption.noDelay.set(newValue ? 1 : 0, on: number)
        }
    }

    private func option(_ option: SocketOption) -> Int32? {
        guard let number = try? socket.number(for: "getsockopt") else { return nil }
        return try? option.value(of: number)
    }
}
