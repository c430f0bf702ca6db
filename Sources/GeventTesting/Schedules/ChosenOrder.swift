// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

/// Follows a list of choices, then takes whoever came first.
final class ChosenOrder: TurnOrder {
    private let choices: [Int]
    private var taken = 0

    init(_ choices: [Int]) { self.choices = choices }

    func choose(from window: borrowing ReadyWindow) -> Int {
        defer { taken += 1 }
        guard taken < choices.count else { return 0 }
        // Of a program that behaves otherwise than before the list says nothing.
        return min(choices[taken], window.count - 1)
    }
}
