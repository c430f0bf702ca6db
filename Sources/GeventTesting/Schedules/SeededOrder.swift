// SPDX-License-Identifier: Apache-2.0
internal import GeventCore

/// Draws who runs next.
final class SeededOrder: TurnOrder {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    func choose(from window: borrowing ReadyWindow) -> Int {
        Int.random(in: 0..<window.count, using: &generator)
    }
}
