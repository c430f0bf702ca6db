// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Counts how many of its members live, on whatever thread they come and go.
final class Census: Sendable {
    private let made = Atomic(0)
    private let gone = Atomic(0)

    /// How many are there.
    var living: Int { made.load(ordering: .relaxed) - gone.load(ordering: .relaxed) }

    /// How many there ever were.
    var total: Int { made.load(ordering: .relaxed) }

    /// Makes a member.
    func member(_ number: Int = 0) -> Member { Member(number, of: self) }

    /// Something that is counted, ordered by its number.
    final class Member: Comparable, Sendable {
        let number: Int
        private let census: Census

        fileprivate init(_ number: Int, of census: Census) {
            self.number = number
            self.census = census
            census.made.add(1, ordering: .relaxed)
        }

        deinit { census.gone.add(1, ordering: .relaxed) }

        static func == (left: Member, right: Member) -> Bool { left.number == right.number }
        static func < (left: Member, right: Member) -> Bool { left.number < right.number }
    }
}
