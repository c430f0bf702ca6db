// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// Carries one direction of a ``FakeStream``, in order.
///
/// While its way is cut everything stays on it, and arrives some time after the way is whole again.
final class FakeWire {
    /// The most bytes that go or are lost at once, as on an Ethernet.
    private static let longestPiece = 1460

    private enum Load {
        case stream(MemoryPipe.Load)
        case notice(() -> Void)
    }

    private let network: FakeNetwork
    private let way: FakeWay
    private let name: String
    private weak var pipe: MemoryPipe?
    private var lastArrival: UInt64 = 0
    private var held: [Load] = []

    init(_ network: FakeNetwork, _ way: FakeWay, _ pipe: MemoryPipe, name: String) {
        self.network = network
        self.way = way
        self.pipe = pipe
        self.name = name
        pipe.carry = { [self] in carry($0) }
    }

    private func carry(_ load: MemoryPipe.Load) {
        guard case .bytes(let bytes) = load else { return send(.stream(load), 0, "end") }
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(Self.longestPiece))
            rest = rest.dropFirst(piece.count)
            send(.stream(.bytes(piece)), piece.count, "\(piece.count) bytes")
        }
    }

    /// Tells the other side something, unless the way is cut: that is not repeated.
    func tell(_ text: String, _ notice: @escaping () -> Void) { send(.notice(notice), 0, text) }

    private func send(_ load: Load, _ byteCount: Int, _ text: String) {
        let table = network.timetable
        let repair = way.repairTime()
        let arrival = way.arrival(of: byteCount, sentAt: table.now) + repair
        lastArrival = max(lastArrival, arrival)
        network.note(repair > 0 ? "\(name): \(text), lost at first" : "\(name): \(text)")
        table.add(at: lastArrival) { [self] in arrive(load) }
    }

    private func arrive(_ load: Load) {
        guard held.isEmpty && !network.isCut(way) else { return hold(load) }
        deliver(load)
    }

    private func hold(_ load: Load) {
        if case .notice = load {
            network.note("\(name): lost for ever")
            return
        }
        held.append(load)
        if held.count == 1 { network.whenHealed { [self] in retry() } }
    }

    private func retry() {
        let table = network.timetable
        table.add(at: table.now + way.timeToNotice()) { [self] in
            if network.isCut(way) { return network.whenHealed { [self] in retry() } }
            let loads = held
            held = []
            for load in loads { deliver(load) }
        }
    }

    private func deliver(_ load: Load) {
        switch load {
        case .stream(let load): pipe?.deliver(load)
        case .notice(let notice): notice()
        }
    }
}
