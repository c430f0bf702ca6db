// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

extension TestHub {
    /// Who runs first of those who are ready.
    public enum Order: Sendable, Equatable {
        /// Who came first, as outside of tests.
        case firstComeFirstServed
        /// One that is drawn, in an order that the same number always gives.
        case seeded(UInt64)
        /// One that follows a list: at each decision the place in the ready queue, from 0; who came first
        /// once the list has ended.
        case chosen([Int])
        /// That of the seed in the environment's `GEVENT_SEED`; without one, who came first.
        case standard

        /// The same without `standard`.
        func resolved() throws -> Order {
            guard self == .standard else { return self }
            guard let text = Environment.value("GEVENT_SEED"), !text.isEmpty else {
                return .firstComeFirstServed
            }
            guard let seed = UInt64(text) else { throw InvalidSeed(text: text) }
            return .seeded(seed)
        }

        func make() -> (any TurnOrder)? {
            switch self {
            case .seeded(let seed): SeededOrder(seed: seed)
            case .chosen(let choices): ChosenOrder(choices)
            case .firstComeFirstServed, .standard: nil
            }
        }
    }
}

/// What the environment's `GEVENT_SEED` says is no seed.
public struct InvalidSeed: Error, Sendable, CustomStringConvertible {
    /// What it says.
    public let text: String

    /// What is wrong, in a sentence.
    public var description: String {
        "GEVENT_SEED is '\(text)', but a seed is a whole number from 0 to \(UInt64.max)"
    }
}
