// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// The way from one host to another, and what chance does on it.
///
/// Each way draws from numbers of its own, so that traffic elsewhere does not change what happens.
final class FakeWay {
    let source: String
    let target: String
    var link: FakeLink {
        didSet {
            require(link.isPossible, "a link's chances are from 0 to 1, its times not negative")
        }
    }
    private var random: SeededGenerator
    private var freeAt: UInt64 = 0

    init(_ source: String, _ target: String, _ link: FakeLink, seed: UInt64) {
        self.source = source
        self.target = target
        self.link = link
        // By its name, so that the order in which ways are first used does not matter.
        let name = "\(source)>\(target)".utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3
        }
        random = SeededGenerator(seed: seed ^ name)
    }

    /// Whether something that may happen so often happens now.
    func happens(_ chance: Double) -> Bool {
        chance > 0 && Double.random(in: 0..<1, using: &random) < chance
    }

    /// When something that is sent now arrives, if it does.
    func arrival(of byteCount: Int, sentAt now: UInt64) -> UInt64 {
        var sent = now
        if let bandwidth = link.bandwidth {
            let needed = UInt64(byteCount) * 1_000_000_000 / UInt64(bandwidth)
            freeAt = max(freeAt, now) + needed
            sent = freeAt
        }
        return sent + link.latency.inNanoseconds + upTo(link.jitter)
    }

    /// How much later a piece of a stream arrives for being lost on its way.
    func repairTime() -> UInt64 {
        var total: UInt64 = 0
        var patience = link.retransmission.inNanoseconds
        while happens(link.loss) {
            total += patience
            patience *= 2
        }
        return total
    }

    /// When, after it is whole again, the way is tried again.
    func timeToNotice() -> UInt64 { upTo(link.retransmission) }

    private func upTo(_ longest: Duration) -> UInt64 {
        longest > .zero ? UInt64.random(in: 0...longest.inNanoseconds, using: &random) : 0
    }
}

extension Duration {
    /// The whole nanoseconds of a duration that is not negative.
    var inNanoseconds: UInt64 {
        UInt64(components.seconds) * 1_000_000_000 + UInt64(components.attoseconds) / 1_000_000_000
    }
}
