// SPDX-License-Identifier: Apache-2.0

/// How a ``FakeNetwork`` carries what one host sends to another.
///
/// ```swift
/// var satellite = FakeLink(latency: .milliseconds(300), jitter: .milliseconds(20))
/// satellite.loss = 0.02
/// ```
///
/// Probabilities are from 0 to 1. By default everything arrives at once.
///
/// gevent: none; `tc qdisc add … netem`.
public struct FakeLink: Hashable, Sendable {
    /// How long everything takes at least.
    public var latency: Duration

    /// How much longer it takes at most; datagrams overtake each other by it, streams do not.
    public var jitter: Duration

    /// How likely something is lost: a datagram for ever, a piece of a stream until it is sent again.
    public var loss: Double

    /// How likely a datagram arrives twice.
    public var duplication: Double

    /// How likely a datagram is held back for one more latency, so that later ones come before it.
    public var reordering: Double

    /// How many bytes go through in a second; `nil` for any number.
    public var bandwidth: Int?

    /// How many bytes of a stream may be under way and unread: a writer to a slow reader waits then.
    public var window: Int

    /// How long until what was lost of a stream is sent again; doubled each time.
    public var retransmission: Duration

    /// A link.
    ///
    /// - Precondition: Probabilities are from 0 to 1, durations not negative, and `loss` is less than
    ///   1; `bandwidth` and `window` are at least 1.
    public init(
        latency: Duration = .zero, jitter: Duration = .zero, loss: Double = 0,
        duplication: Double = 0, reordering: Double = 0, bandwidth: Int? = nil,
        window: Int = 65_536, retransmission: Duration = .milliseconds(200)
    ) {
        self.latency = latency
        self.jitter = jitter
        self.loss = loss
        self.duplication = duplication
        self.reordering = reordering
        self.bandwidth = bandwidth
        self.window = window
        self.retransmission = retransmission
    }

    var isPossible: Bool {
        let chances = [loss, duplication, reordering]
        let times = [latency, jitter, retransmission]
        return chances.allSatisfy { (0...1).contains($0) } && loss < 1
            && times.allSatisfy { $0 >= .zero } && (bandwidth ?? 1) > 0 && window > 0
    }
}
