// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// Hosts and the links between them, without a kernel; what chance does follows from a seed.
///
/// ```swift
/// let network = FakeNetwork(seed: 1, link: FakeLink(latency: .milliseconds(20), loss: 0.1))
/// let listener = try network.host("server").listen(port: 80)
/// spawn { while true { serve(try listener.accept()) } }
/// let stream = try network.host("client").connect(to: "server", port: 80)
/// network.partition(["client"], ["server"])
/// ```
///
/// Time is the hub's: under a clock that jumps, minutes of latency cost nothing. Each direction
/// between two hosts draws from numbers of its own, so the same seed brings the same latencies and
/// losses as long as the same is sent there; ``trace`` tells.
///
/// It belongs to the hub that made it.
///
/// gevent: none; trio's `trio.testing` has streams only.
public final class FakeNetwork {
    let timetable = FakeTimetable()
    private let seed: UInt64
    private let link: FakeLink
    private var hosts: [String: FakeHost] = [:]
    private var ways: [String: FakeWay] = [:]
    private var cuts: [(from: Set<String>, to: Set<String>)] = []
    private var waiting: [() -> Void] = []

    /// What has happened so far.
    public private(set) var trace: [FakeEvent] = []

    /// How long a host that does not answer is tried, where the caller has no limit; what Linux does.
    public var patience: Duration = .seconds(127)

    /// A network without hosts.
    ///
    /// - Parameters:
    ///   - seed: What chance draws from.
    ///   - link: The link between two hosts, where no other is set.
    /// - Precondition: The link's chances are from 0 to 1, and its times not negative.
    public init(seed: UInt64 = 0, link: FakeLink = FakeLink()) {
        require(link.isPossible, "a link's chances are from 0 to 1, its times not negative")
        self.seed = seed
        self.link = link
    }

    /// The host with this name, which is made if there is none.
    ///
    /// - Precondition: There are at most 65,000 hosts.
    public func host(_ name: String) -> FakeHost {
        if let host = hosts[name] { return host }
        let number = hosts.count + 1
        require(number <= 65_000, "a fake network has at most 65,000 hosts")
        guard let address = SocketAddress("10.0.\(number / 250).\(number % 250 + 1)", port: 0)
        else { trap("an address in numbers is none") }
        let host = FakeHost(name, address, self)
        hosts[name] = host
        return host
    }

    func hostIfExists(_ name: String) -> FakeHost? { hosts[name] }

    func host(at address: SocketAddress) -> FakeHost? {
        hosts.values.first { $0.address == address.with(port: 0) }
    }

    /// Sets the link between two hosts, both ways.
    ///
    /// What is under way already arrives as it was to.
    public func setLink(_ one: String, _ other: String, _ link: FakeLink) {
        way(from: one, to: other).link = link
        way(from: other, to: one).link = link
    }

    /// Sets the link from one host to another, and leaves the way back as it is.
    public func setLink(from source: String, to target: String, _ link: FakeLink) {
        way(from: source, to: target).link = link
    }

    func way(from source: String, to target: String) -> FakeWay {
        let name = "\(source)>\(target)"
        if let way = ways[name] { return way }
        let way = FakeWay(source, target, source == target ? FakeLink() : link, seed: seed)
        ways[name] = way
        return way
    }

    /// Cuts every way between the hosts of two groups, until ``heal()``.
    ///
    /// Datagrams are lost; what is on a connection waits, and who connects gets no answer.
    public func partition(_ group: Set<String>, _ others: Set<String>) {
        cuts.append((group, others))
        cuts.append((others, group))
        note("cut: \(group.sorted()) and \(others.sorted())")
    }

    /// Cuts the ways from the hosts of one group to those of another; the ways back stay open.
    public func partition(from group: Set<String>, to others: Set<String>) {
        cuts.append((group, others))
        note("cut: \(group.sorted()) to \(others.sorted())")
    }

    /// Opens all ways again.
    public func heal() {
        cuts = []
        note("healed")
        let resumed = waiting
        waiting = []
        for resume in resumed { resume() }
    }

    func isCut(_ way: FakeWay) -> Bool {
        cuts.contains { $0.from.contains(way.source) && $0.to.contains(way.target) }
    }

    func whenHealed(_ resume: @escaping () -> Void) { waiting.append(resume) }

    func note(_ text: String) {
        trace.append(FakeEvent(time: .nanoseconds(Int64(timetable.now)), text: text))
    }

    /// A resolver that knows the hosts that there are now, by their names.
    public var resolver: FakeResolver {
        FakeResolver(hosts.mapValues { .addresses([$0.address]) })
    }
}

/// Something that has happened in a ``FakeNetwork``.
public struct FakeEvent: Hashable, Sendable, CustomStringConvertible {
    /// When, from the making of the network on.
    public let time: Duration

    /// What: `client:49152 > server:80: 12 bytes`.
    public let text: String

    /// When and what.
    public var description: String { "\(time) \(text)" }
}
