// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

/// Notes what another order decides.
final class RecordedOrder: TurnOrder {
    /// The choice among so many.
    struct Choice {
        let place: Int
        let count: Int
    }

    private let order: any TurnOrder
    private let namesSwitches: Bool
    private(set) var choices: [Choice] = []
    private(set) var switches: [Switch] = []

    init(_ order: any TurnOrder, namesSwitches: Bool) {
        self.order = order
        self.namesSwitches = namesSwitches
    }

    func choose(from window: borrowing ReadyWindow) -> Int {
        let place = order.choose(from: window)
        choices.append(Choice(place: place, count: window.count))
        if namesSwitches {
            var others: [String] = []
            for other in 0..<window.count where other != place {
                others.append(window.name(at: other))
            }
            switches.append(
                Switch(
                    name: window.name(at: place), origin: window.origin(at: place), others: others))
        }
        return place
    }
}

/// One decision on who runs next.
public struct Switch: Sendable, CustomStringConvertible {
    /// Who runs.
    public let name: String
    /// From where: "begins", or "goes on after" what it has waited in.
    public let origin: String
    /// Who was ready as well.
    public let others: [String]

    /// All of it, in a sentence.
    public var description: String {
        "\(name) \(origin); \(others.joined(separator: ", ")) \(others.count == 1 ? "stays" : "stay") ready"
    }
}
