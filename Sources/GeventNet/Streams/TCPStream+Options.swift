// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// How a connection asks a silent peer whether it still lives.
///
/// gevent: `TCP_KEEPIDLE`, `TCP_KEEPINTVL`, `TCP_KEEPCNT`.
public struct KeepAlive: Hashable, Sendable {
    /// The silence before the first question, in whole seconds.
    public var idle: Duration

    /// The time between questions, in whole seconds.
    public var interval: Duration

    /// How many questions may stay unanswered.
    public var count: Int

    /// Asks after `idle`, every `interval`, and gives the peer up after `count` questions.
    public init(idle: Duration, interval: Duration, count: Int) {
        self.idle = idle
        self.interval = interval
        self.count = count
    }
}

extension TCPStream {
    /// Whether small pieces are sent at once, instead of being gathered while others are under way.
    ///
    /// False in the beginning. Set it where short messages are answered by short messages. Setting
    /// it on a closed stream does nothing.
    ///
    /// gevent: `TCP_NODELAY`.
    public var noDelay: Bool {
        get { socket.option(.noDelay) == 1 }
        set { socket.setOption(.noDelay, newValue ? 1 : 0) }
    }

    /// Whether a peer that is silent for long is asked whether it still lives.
    ///
    /// False in the beginning. A peer that does not answer ends the stream with `ETIMEDOUT`; how soon
    /// is set by ``setKeepAlive(_:)``, else by the system, which takes hours.
    ///
    /// gevent: `SO_KEEPALIVE`.
    public var keepsAlive: Bool {
        get { socket.option(.keepAlive) == 1 }
        set { socket.setOption(.keepAlive, newValue ? 1 : 0) }
    }

    /// Asks a silent peer whether it still lives, as `plan` says.
    ///
    /// - Throws: `SystemError` `EINVAL` for times under a second or above 9 hours, or a count that is
    ///   not from 1 to 127; `EBADF` once closed.
    ///
    /// gevent: `SO_KEEPALIVE`, `TCP_KEEPIDLE`, `TCP_KEEPINTVL`, `TCP_KEEPCNT`.
    public func setKeepAlive(_ plan: KeepAlive) throws {
        let number = try socket.number(for: "setsockopt")
        try SocketOption.keepIdleSeconds.set(plan.idle.wholeSeconds, on: number)
        try SocketOption.keepIntervalSeconds.set(plan.interval.wholeSeconds, on: number)
        try SocketOption.keepCount.set(Int32(clamping: plan.count), on: number)
        try SocketOption.keepAlive.set(1, on: number)
    }

    /// How long written bytes may stay without the peer's word that it has them.
    ///
    /// - Parameter timeout: Whole milliseconds; zero leaves it to the system. After it the stream
    ///   ends with `ETIMEDOUT`.
    /// - Throws: `SystemError` `EBADF` once closed.
    ///
    /// gevent: `TCP_USER_TIMEOUT`.
    public func setUserTimeout(_ timeout: Duration) throws {
        try SocketOption.userTimeoutMilliseconds.set(
            Int32(clamping: timeout / .milliseconds(1), rounding: .up),
            on: socket.number(for: "setsockopt"))
    }

    /// Closes and resets the connection: what was written and not delivered is lost, and the peer
    /// gets `ECONNRESET`.
    ///
    /// gevent: `SO_LINGER` with a time of zero, and `close`.
    public func reset() {
        if let number = try? socket.number(for: "setsockopt") {
            // On an open socket the call has nothing to fail for.
            try? SocketOption.resetOnClose(number)
        }
        close()
    }
}

extension Duration {
    fileprivate var wholeSeconds: Int32 { Int32(clamping: components.seconds) }
}

extension Int32 {
    fileprivate init(clamping value: Double, rounding rule: FloatingPointRoundingRule) {
        self = Int32(Swift.max(0, Swift.min(value.rounded(rule), Double(Int32.max))))
    }
}
